import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { Tabs } from "../../ui/tabs/Tabs.tsx";
import { Appearance } from "./Appearance.tsx";
import { Profile } from "./Profile.tsx";

const route = getRouteApi("/account/{-$tab}");
const tabs = ["profile", "appearance"] as const;

/** Who one is here, and what one has chosen for this browser. */
export function AccountPage() {
  const m = useMessages();
  const navigate = useNavigate();
  const params = route.useParams();
  const tab = tabs.find((each) => each === params.tab) ?? "profile";
  const { data: me } = useSuspenseQuery(session.me());
  return (
    <Page title={m.account.title} meta={me.user}>
      <Tabs
        label={m.account.title}
        tabs={tabs.map((id) => ({ id, label: m.account.tabs[id] }))}
        value={tab}
        onChange={(next) => void navigate({ to: "/account/{-$tab}", params: { tab: next } })}
      >
        {tab === "profile" ? <Profile me={me} /> : <Appearance />}
      </Tabs>
    </Page>
  );
}
