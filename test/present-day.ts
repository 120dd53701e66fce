import { vi } from "vitest";

/** Answers depend on the present day where none is given: for tests inside this process it is always this one. */
vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-29T12:00:00Z") });
