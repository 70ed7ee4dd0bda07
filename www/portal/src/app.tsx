import { QueryClientProvider } from "@tanstack/react-query";
import { createBrowserRouter, Navigate, Outlet, ScrollRestoration } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Billing } from "./billing/billing";
import { LeaveQuestion } from "./billing/leave-question";
import { Calendar } from "./calendar/calendar";
import { PatientList } from "./patients/patient-list";
import { PatientPage } from "./patients/patient-page";
import { Profile } from "./patients/profile";
import { createQueryClient } from "./query-client";
import { SessionWatch } from "./session/session-watch";
import { Shell } from "./session/shell";
import { SignIn } from "./session/sign-in";
import { Crash } from "./ui/crash";
import { NoticeProvider } from "./ui/notice";
import { NotFound } from "./ui/not-found";

const queryClient = createQueryClient();

function Root() {
  return (
    <QueryClientProvider client={queryClient}>
      <NoticeProvider>
        <SessionWatch />
        <LeaveQuestion />
        <Outlet />
        <ScrollRestoration />
      </NoticeProvider>
    </QueryClientProvider>
  );
}

// Every page comes with the first: code that is fetched later may not come, and then the browser does not ask again.
const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <Crash />,
    children: [
      { path: "sign-in", element: <SignIn /> },
      {
        element: <Shell />,
        children: [
          {
            // The frame of the portal outlives a page that crashed.
            errorElement: <Crash />,
            children: [
              { index: true, element: <Navigate to="/patients" replace /> },
              { path: "patients", element: <PatientList /> },
              {
                path: "patients/:patientId",
                element: <PatientPage />,
                children: [
                  { index: true, element: <Navigate to="profile" replace /> },
                  { path: "profile", element: <Profile /> },
                  { path: "calendar", Component: Calendar },
                  { path: "billing", Component: Billing },
                ],
              },
              { path: "*", element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
]);

export function App() {
  return <RouterProvider router={router} />;
}
