import { useFormat, useMessages } from "../../i18n/language.ts";
import { localeNames, locales } from "../../i18n/language.ts";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { RadioGroup } from "../../ui/field/RadioGroup.tsx";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { useNow } from "../../ui/time/clock.ts";
import css from "./Account.module.css";

/** What one has chosen for this browser: it takes effect at once and stays here. */
export function Appearance() {
  const m = useMessages();
  const f = useFormat();
  const { prefs, change } = usePrefs();
  const now = useNow("minute");
  const p = m.app.prefs;
  const a = m.account;
  return (
    <section className={css.card} aria-label={a.tabs.appearance}>
      <p className={css.quiet}>{a.thisBrowser}</p>
      <RadioGroup
        label={p.theme}
        value={prefs.theme}
        options={[
          { value: "system", label: p.system },
          { value: "light", label: p.light },
          { value: "dark", label: p.dark },
        ]}
        onChange={(theme) => change({ theme })}
        help={a.themeHelp}
      />
      <RadioGroup
        label={p.language}
        value={prefs.locale}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        onChange={(locale) => change({ locale })}
      />
      <RadioGroup
        label={p.zone}
        value={prefs.zone}
        options={[
          { value: "local", label: p.local },
          { value: "utc", label: p.utc },
        ]}
        onChange={(zone) => change({ zone })}
        help={a.zoneHelp(f.dateTimeFull(new Date(now).toISOString()))}
      />
      <RadioGroup
        label={p.density}
        value={prefs.density}
        options={[
          { value: "compact", label: p.compact },
          { value: "normal", label: p.comfortable },
          { value: "touch", label: p.touch },
        ]}
        onChange={(density) => change({ density })}
      />
      <Checkbox
        label={p.singleKeys}
        checked={prefs.singleKeys}
        onChange={(singleKeys) => change({ singleKeys })}
        help={a.keysHelp}
      />
    </section>
  );
}
