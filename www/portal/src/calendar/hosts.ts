import { queryOptions } from "@tanstack/react-query";
import type { Welkin } from "carewire";
import { welkin } from "../clients";
import { textOf } from "../ui/text";

/** Staff who can hold an appointment. */
export const hostsQuery = queryOptions({
  queryKey: ["hosts"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const hosts: Welkin.User[] = [];
    for await (const user of welkin.users.list({ userState: "ACTIVE" }, { signal })) {
      if (user.enabled !== false) hosts.push(user);
    }
    return hosts.sort((one, other) => userName(one).localeCompare(userName(other), "en"));
  },
});

export function userName(user: Welkin.User): string {
  return [textOf(user.firstName), textOf(user.lastName)].filter(Boolean).join(" ") || textOf(user.username) || "No name";
}
