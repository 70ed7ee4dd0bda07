import { InboxHealth, Welkin } from "carewire";
import { portalHeader } from "./portal-header";

/** Both clients talk to the gateway on this origin. It knows the session by its cookie and adds the credentials. */
export const welkin = new Welkin({ baseUrl: "/api/welkin", tenant: "demo", instance: "main", headers: portalHeader });
export const inbox = new InboxHealth({ baseUrl: "/api/inbox", headers: portalHeader });
