// Package yamljson translates between JSON and YAML without changing what a document says: numbers keep their
// digits, members their order, texts every character.
package yamljson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"dhub/entity"
)

// Encode writes JSON documents as a stream of YAML documents.
func Encode(docs ...json.RawMessage) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	for _, d := range docs {
		n, err := node(d)
		if err != nil {
			return nil, err
		}
		if err := e.Encode(n); err != nil {
			return nil, fmt.Errorf("write YAML: %w", err)
		}
	}
	return b.Bytes(), e.Close()
}

func node(raw json.RawMessage) (*yaml.Node, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	switch c := raw[0]; {
	case c == '{':
		o, err := entity.ParseObject(raw)
		if err != nil {
			return nil, err
		}
		n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if len(o) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, m := range o {
			value, err := node(m.Value)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, text(m.Name), value)
		}
		return n, nil
	case c == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, fmt.Errorf("read JSON: %w", err)
		}
		n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		if len(list) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, v := range list {
			value, err := node(v)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, value)
		}
		return n, nil
	case c == '"':
		s, ok := entity.AsString(raw)
		if !ok {
			return nil, fmt.Errorf("read JSON: a string is not closed")
		}
		return text(s), nil
	case c == 't' || c == 'f':
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: string(raw)}, nil
	case c == 'n':
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
	}
	tag := "!!int"
	if strings.ContainsAny(string(raw), ".eE") {
		tag = "!!float"
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: string(raw)}, nil
}

// text is a string; one of several lines is written as a block where YAML keeps it so, else in quotes.
func text(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsRune(s, '\n') {
		n.Style = yaml.DoubleQuotedStyle
		plain := func(r rune) bool { return r == '\n' || r == '\t' || unicode.IsPrint(r) }
		if !strings.ContainsRune(" \t\n", rune(s[0])) && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
			n.Style = yaml.LiteralStyle
		}
	}
	return n
}
