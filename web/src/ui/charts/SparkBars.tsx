import { useFormat, useMessages } from "../../i18n/language.ts";
import { isLive, statusView, statusWord } from "../status/status.ts";
import css from "./SparkBars.module.css";

export interface SparkBar {
  id: string;
  state: string;
  /** In milliseconds; what has not ended has none. */
  duration?: number | undefined;
}

const width = 7;
const height = 20;

/** The last runs, oldest first: height is duration, colour is state, and a failure also has a notch. */
export function SparkBars({ bars, places = 10 }: { bars: readonly SparkBar[]; places?: number }) {
  const m = useMessages();
  const f = useFormat();
  const shown = bars.slice(-places);
  const longest = Math.max(1, ...shown.map((bar) => bar.duration ?? 0));
  const words = shown.map((bar) => {
    const word = statusWord(m, bar.state, "run");
    return bar.duration === undefined ? word : `${word} ${f.duration(bar.duration)}`;
  });
  return (
    <svg
      role="img"
      aria-label={`${m.ui.chart.runs(shown.length)}: ${f.list(words)}`}
      className={css.spark}
      width={places * width}
      height={height}
      viewBox={`0 0 ${places * width} ${height}`}
    >
      {shown.map((bar, index) => {
        // Between a visible stub and full height; by the root, so that short ones stay apart from nothing.
        const size = isLive(bar.state) ? height * 0.6 : 4 + (height - 4) * Math.sqrt((bar.duration ?? 0) / longest);
        const x = (places - shown.length + index) * width + 1;
        const { tone } = statusView(bar.state, "run");
        return (
          <g key={bar.id} data-tone={tone} className={css.bar}>
            <title>{words[index]}</title>
            <rect x={x} y={height - size} width={width - 2} height={size} rx={1} />
            {tone === "error" && <path d={`M${x} ${height - 5}l5 5m0 -5l-5 5`} className={css.notch} />}
          </g>
        );
      })}
    </svg>
  );
}
