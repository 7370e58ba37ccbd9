// The only file that knows all parts: it registers the elements and says when the compiler is fetched.

import "./elements/orm-result.ts";
import { OrmStep } from "./elements/orm-step.ts";
import "./elements/orm-tabs.ts";
import "./elements/orm-toolbar.ts";
import "./elements/theme-toggle.ts";
import { whenIdle } from "./run/idle.ts";
import { makePool } from "./run/pool.ts";
import { provide, warm } from "./run/runner.ts";

provide(makePool);

const first = document.querySelector("orm-step");
if (first instanceof OrmStep) whenIdle(() => void warm(first.program()));
