package run

// EngineOffer is an engine as people choose it.
type EngineOffer struct {
	Name         string
	Default      bool
	Capabilities map[string]bool
	MaxRuns      int
}

// EngineOffers lists the engines of this server.
func (m *Manager) EngineOffers() []EngineOffer {
	var out []EngineOffer
	for _, e := range m.cfg.Engines.All() {
		d := e.Describe()
		out = append(out, EngineOffer{d.Name, d.Name == m.cfg.DefaultEngine, d.Capabilities, m.limits[d.Name]})
	}
	return out
}
