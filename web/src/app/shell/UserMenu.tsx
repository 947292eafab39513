import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { localeNames, locales, useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Menu, MenuCheck, MenuChoice, MenuLabel, MenuLink, MenuSeparator } from "../../ui/menu/Menu.tsx";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { CircleUser } from "lucide-react";

/** Who is signed in, and what the person chose for this browser. */
export function UserMenu() {
  const m = useMessages();
  const { prefs, change } = usePrefs();
  const { data: me } = useQuery(session.me());
  return (
    <Menu trigger={<IconButton label={m.app.prefs.account} icon={<CircleUser />} />}>
      <MenuLabel>{m.app.prefs.signedInAs(me?.user ?? "")}</MenuLabel>
      <MenuLink>
        <Link to="/account/{-$tab}">{m.app.prefs.profile}</Link>
      </MenuLink>
      <MenuSeparator />
      <MenuChoice
        label={m.app.prefs.theme}
        value={prefs.theme}
        onChange={(theme) => change({ theme })}
        options={[
          { value: "system", label: m.app.prefs.system },
          { value: "light", label: m.app.prefs.light },
          { value: "dark", label: m.app.prefs.dark },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={m.app.prefs.language}
        value={prefs.locale}
        onChange={(locale) => change({ locale })}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
      />
      <MenuSeparator />
      <MenuChoice
        label={m.app.prefs.zone}
        value={prefs.zone}
        onChange={(zone) => change({ zone })}
        options={[
          { value: "local", label: m.app.prefs.local },
          { value: "utc", label: m.app.prefs.utc },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={m.app.prefs.density}
        value={prefs.density}
        onChange={(density) => change({ density })}
        options={[
          { value: "compact", label: m.app.prefs.compact },
          { value: "normal", label: m.app.prefs.comfortable },
          { value: "touch", label: m.app.prefs.touch },
        ]}
      />
      <MenuSeparator />
      <MenuCheck checked={prefs.singleKeys} onChange={(singleKeys) => change({ singleKeys })}>
        {m.app.prefs.singleKeys}
      </MenuCheck>
    </Menu>
  );
}
