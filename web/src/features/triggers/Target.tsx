import { Link } from "@tanstack/react-router";
import { targetOf } from "./trigger.ts";
import css from "./Triggers.module.css";

/** What a trigger runs: a function, in the version that it is bound to, and the action. */
export function Target({ project, spec }: { project: string; spec: Readonly<Record<string, unknown>> }) {
  const target = targetOf(spec);
  if (target === undefined) return null;
  return (
    <span className={css.target}>
      <Link to="/p/$project/functions/$name" params={{ project, name: target.name }} search={{ v: target.version }}>
        {target.name}
      </Link>
      <span className={css.quiet}>{target.action}</span>
    </span>
  );
}
