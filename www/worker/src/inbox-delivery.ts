import type { InboxEvent } from "carewire/edge";
import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env";

/** How long an event is remembered, in milliseconds. What is older cannot be told from a replay. */
export const MEMORY = 30 * 24 * 60 * 60 * 1000;

/**
 * One event of Inbox Health, by its id: there is one such object in the whole world, whichever isolate
 * got the delivery. A cache would not do: each data centre has its own.
 */
export class InboxDelivery extends DurableObject<Env> {
  /**
   * Hands the event on, unless that was done before; says which. The mark comes after the hand-over,
   * so an event whose hand-over failed is not lost: Inbox Health delivers it again.
   */
  accept(event: InboxEvent): Promise<"accepted" | "repeated"> {
    const { storage } = this.ctx;
    // Of two deliveries at once, the second one waits.
    return this.ctx.blockConcurrencyWhile(async () => {
      if (await storage.get("handedOn")) return "repeated";
      await handOn(event, this.env);
      const created = Date.parse(event.created_at) || 0;
      await Promise.all([storage.put("handedOn", true), storage.setAlarm(Math.max(created, Date.now()) + MEMORY)]);
      return "accepted";
    });
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}

let counted = 0;

async function handOn(event: InboxEvent, { INBOX_EVENTS }: Env): Promise<void> {
  if (INBOX_EVENTS) {
    await INBOX_EVENTS.send(event);
  } else {
    counted += 1;
    console.log(JSON.stringify({ inboxEvents: counted }));
  }
}
