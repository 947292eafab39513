import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// What is loaded on demand comes late on a loaded machine: a second says nothing about it.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
