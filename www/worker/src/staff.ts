import type { Env } from "./env";

/** What a member of staff does, and so what they may do. */
export type Role = "care" | "front-desk" | "billing";

export interface StaffMember {
  id: string;
  name: string;
  role: Role;
}

const roles: readonly string[] = ["care", "front-desk", "billing"] satisfies Role[];

function isStaffMember(value: unknown): value is StaffMember {
  const { id, name, role } = (value ?? {}) as Record<string, unknown>;
  return typeof id === "string" && id !== "" && typeof name === "string" && typeof role === "string" && roles.includes(role);
}

/** The staff of the demo. A real worker asks its identity provider instead. */
export function staffOf({ DEMO_STAFF }: Env): StaffMember[] {
  const staff: unknown = typeof DEMO_STAFF === "string" ? JSON.parse(DEMO_STAFF) : DEMO_STAFF;
  if (!Array.isArray(staff) || !staff.every(isStaffMember)) {
    throw new TypeError("DEMO_STAFF must be an array of { id, name, role }");
  }
  return staff.map(({ id, name, role }) => ({ id, name, role }));
}
