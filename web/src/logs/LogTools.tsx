import { ArrowDown, ArrowDownToLine, ArrowUp, CircleAlert, Clock, Download, Pause, WrapText, X } from "lucide-react";
import { useId } from "react";
import { useMessages } from "../i18n/language.ts";
import { composes } from "../lib/composing.ts";
import { Button } from "../ui/button/Button.tsx";
import { IconButton } from "../ui/button/IconButton.tsx";
import { Checkbox } from "../ui/field/Checkbox.tsx";
import { Menu, MenuChoice } from "../ui/menu/Menu.tsx";
import type { Prefs } from "../ui/prefs/prefs.ts";
import css from "./Logs.module.css";
import type { Found } from "./log-search.ts";
import type { LogState } from "./stream.ts";

interface LogToolsProps {
  label: string;
  state: LogState;
  lines: number;
  following: boolean;
  newLines: number;
  onFollow: () => void;
  onPause: () => void;
  typed: string;
  onTyped: (typed: string) => void;
  /** What was typed is no regular expression. */
  literal: boolean;
  /** Whether more may be found, or why no more is looked for. */
  search: Found["is"];
  /** The match stood at, from 1; 0 for none yet. */
  at: number;
  matches: number;
  onStep: (way: 1 | -1) => void;
  errorsOnly: boolean;
  onErrorsOnly: (on: boolean) => void;
  wrap: boolean;
  onWrap: (on: boolean) => void;
  times: Prefs["logTimes"];
  onTimes: (times: Prefs["logTimes"]) => void;
  /** Whether the log says when any of its lines was written. */
  timed: boolean;
  firstError: number | undefined;
  onFirstError: (line: number) => void;
  downloadHref: string;
}

/** What can be done with a log, above it. */
export function LogTools(props: LogToolsProps) {
  const words = useMessages().logs;
  const { state, firstError, following, typed } = props;
  const id = useId();
  const says = state.is === "refused" ? words.states.refused(state.status) : words.states[state.is];
  const nothing = props.matches === 0;
  const { search } = props;
  const stopped = search === "slow" || search === "failed" ? words.givenUp[search] : undefined;
  const count = nothing
    ? (stopped ?? (search === "searching" ? words.searching : words.noMatch))
    : [words.matches(props.at, props.matches), stopped].filter((part) => part !== undefined).join(" · ");
  return (
    <div className={css.tools} role="group" aria-label={props.label}>
      <div className={css.search} role="search">
        <input
          className={css.searchBox}
          type="search"
          aria-label={words.search}
          aria-describedby={id}
          placeholder={words.search}
          spellCheck={false}
          value={typed}
          onChange={(event) => props.onTyped(event.target.value)}
          onKeyDown={(event) => {
            if (composes(event.nativeEvent)) return;
            if (event.key === "Enter") {
              event.preventDefault();
              props.onStep(event.shiftKey ? -1 : 1);
            } else if (event.key === "Escape" && typed !== "") {
              event.stopPropagation();
              props.onTyped("");
            }
          }}
        />
        <span id={id} className={css.hidden}>
          {words.searchHelp}
        </span>
        <span role="status" className={css.count}>
          {typed !== "" && count}
          {props.literal && ` · ${words.literal}`}
        </span>
        {typed !== "" && (
          <>
            <IconButton
              label={words.previous}
              shortcut="shift+n"
              icon={<ArrowUp />}
              size="small"
              onClick={() => props.onStep(-1)}
            />
            <IconButton
              label={words.next}
              shortcut="n"
              icon={<ArrowDown />}
              size="small"
              onClick={() => props.onStep(1)}
            />
            <IconButton label={words.clear} icon={<X />} size="small" onClick={() => props.onTyped("")} />
          </>
        )}
      </div>
      <Checkbox label={words.errorsOnly} checked={props.errorsOnly} onChange={props.onErrorsOnly} />
      <Button
        size="small"
        tone="quiet"
        icon={<CircleAlert />}
        disabledReason={firstError === undefined ? words.noErrors : undefined}
        onClick={() => firstError !== undefined && props.onFirstError(firstError)}
      >
        {words.firstError}
      </Button>
      <IconButton
        label={words.wrap}
        icon={<WrapText />}
        size="small"
        aria-pressed={props.wrap}
        onClick={() => props.onWrap(!props.wrap)}
      />
      <Menu trigger={<IconButton label={words.times} icon={<Clock />} size="small" />}>
        <MenuChoice
          label={words.times}
          value={props.times}
          options={[
            { value: "off", label: words.timesOff },
            { value: "relative", label: words.timesRelative },
            { value: "absolute", label: words.timesAbsolute },
          ]}
          onChange={props.onTimes}
        />
      </Menu>
      <Button
        size="small"
        tone="quiet"
        aria-pressed={following}
        icon={following ? <Pause /> : <ArrowDownToLine />}
        onClick={following ? props.onPause : props.onFollow}
      >
        {words.follow}
      </Button>
      <a className={css.download} href={props.downloadHref} download>
        <Download aria-hidden="true" />
        {words.download}
      </a>
      <span className={css.state} data-stream={state.is}>
        <span role="status">{following ? says : `${says} · ${words.paused}`}</span>
        <span>{words.lines(props.lines)}</span>
        {props.times !== "off" && !props.timed && props.lines > 0 && <span>{words.noTimes}</span>}
        {props.newLines > 0 && (
          <button type="button" className={css.pill} onClick={props.onFollow}>
            {words.newLines(props.newLines)}
          </button>
        )}
      </span>
    </div>
  );
}
