// The only file that knows all parts of a program on the page: it registers their elements and says when checker and
// compiler are fetched.

import { load as loadChecker } from "./checker/checker.ts";
import "./elements/orm-result.ts";
import "./elements/orm-framed.ts";
import "./elements/orm-scratch.ts";
import { OrmStep } from "./elements/orm-step.ts";
import "./elements/orm-tabs.ts";
import "./elements/orm-toolbar.ts";
import { keepTools } from "./offline/register.ts";
import { pageNotices } from "./notice.ts";
import { whenIdle } from "./run/idle.ts";
import { makePool } from "./run/pool.ts";
import { provide, warm } from "./run/runner.ts";
import { troubles } from "./step/troubles.ts";
import { onTrouble } from "./store/trouble.ts";

provide(makePool);
onTrouble((trouble) => pageNotices().show("storage", troubles[trouble]));

const first = document.querySelector("orm-step");
if (first instanceof OrmStep) whenIdle(() => void loadChecker().then(() => warm(first.program())).then(keepTools));
