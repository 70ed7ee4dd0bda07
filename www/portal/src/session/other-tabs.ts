/** What a tab tells the others of the portal about the session they share: that it is another one, never whose. */
export type SessionChange = "signed-in" | "signed-out";

const channel = new BroadcastChannel("session");

export function tellOtherTabs(change: SessionChange): void {
  channel.postMessage(change);
}

export function hearOtherTabs(listener: (change: SessionChange) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionChange>) => listener(data);
  channel.addEventListener("message", hear);
  return () => channel.removeEventListener("message", hear);
}
