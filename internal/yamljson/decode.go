package yamljson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"dhub/entity"
)

// maxDepth is how deep a document may be nested.
const maxDepth = 200

// maxDocs is how many documents a stream may hold.
const maxDocs = 200

// Decode reads a stream of YAML documents as JSON. What JSON cannot say, aliases and keys that stand twice are
// refused, with the line. Empty documents are left out.
func Decode(data []byte) ([]json.RawMessage, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var out []json.RawMessage
	for {
		var n yaml.Node
		err := d.Decode(&n)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, entity.Invalid("", "syntax", "The body is no YAML: %s.", strings.TrimPrefix(err.Error(), "yaml: "))
		}
		if len(out) == maxDocs {
			return nil, entity.Invalid("", "size", "The body holds more than %d documents.", maxDocs)
		}
		if n.Kind != yaml.DocumentNode || len(n.Content) == 0 || n.Content[0].ShortTag() == "!!null" {
			continue
		}
		var b bytes.Buffer
		if err := write(&b, n.Content[0], 0); err != nil {
			return nil, err
		}
		out = append(out, b.Bytes())
	}
}

func refused(n *yaml.Node, format string, args ...any) error {
	e := entity.Invalid("", "syntax", format, args...)
	e.Message = "Line " + big.NewInt(int64(n.Line)).String() + ": " + e.Message
	e.Fields[0].Message = e.Message
	return e
}

func write(b *bytes.Buffer, n *yaml.Node, depth int) error {
	if depth > maxDepth {
		return refused(n, "the document is nested more than %d levels deep.", maxDepth)
	}
	switch n.Kind {
	case yaml.MappingNode:
		return writeObject(b, n, depth)
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, v := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := write(b, v, depth+1); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case yaml.ScalarNode:
		return writeScalar(b, n)
	}
	return refused(n, "aliases (*%s) are not read; write the value out.", n.Value)
}

func writeObject(b *bytes.Buffer, n *yaml.Node, depth int) error {
	b.WriteByte('{')
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			return refused(key, "a key must be a text.")
		}
		if seen[key.Value] {
			return refused(key, "the key %q stands twice.", key.Value)
		}
		seen[key.Value] = true
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(entity.AppendString(nil, key.Value))
		b.WriteByte(':')
		if err := write(b, n.Content[i+1], depth+1); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

func writeScalar(b *bytes.Buffer, n *yaml.Node) error {
	switch n.ShortTag() {
	case "!!null":
		b.WriteString("null")
	case "!!bool":
		b.WriteString(strings.ToLower(n.Value))
	case "!!int":
		return writeInt(b, n)
	case "!!float":
		return writeFloat(b, n)
	default: // texts, and what only YAML tells apart from them: dates, bytes
		b.Write(entity.AppendString(nil, n.Value))
	}
	return nil
}

func writeInt(b *bytes.Buffer, n *yaml.Node) error {
	if jsonNumber.MatchString(n.Value) {
		b.WriteString(n.Value)
		return nil
	}
	i, ok := new(big.Int).SetString(strings.TrimPrefix(n.Value, "+"), 0)
	if !ok {
		return refused(n, "%q is not a number that JSON can hold.", n.Value)
	}
	b.WriteString(i.String())
	return nil
}

func writeFloat(b *bytes.Buffer, n *yaml.Node) error {
	if jsonNumber.MatchString(n.Value) {
		b.WriteString(n.Value)
		return nil
	}
	switch text := strings.ToLower(strings.TrimPrefix(n.Value, "+")); text {
	case ".nan":
		b.WriteString("NaN") // as Python's JSON says it; who reads the body keeps it as a text with a notice
	case ".inf":
		b.WriteString("Infinity")
	case "-.inf":
		b.WriteString("-Infinity")
	default:
		text = strings.ReplaceAll(text, "_", "")
		sign := ""
		if rest, ok := strings.CutPrefix(text, "-"); ok {
			sign, text = "-", rest
		}
		whole, rest, _ := strings.Cut(text, ".")
		digits, exponent, scaled := strings.Cut(rest, "e")
		if !strings.Contains(text, ".") {
			whole, exponent, scaled = strings.Cut(text, "e")
			digits = ""
		}
		whole = strings.TrimLeft(whole, "0")
		if whole == "" {
			whole = "0"
		}
		out := sign + whole
		if strings.Contains(text, ".") {
			if digits == "" {
				digits = "0"
			}
			out += "." + digits
		}
		if scaled {
			out += "e" + exponent
		}
		if !jsonNumber.MatchString(out) {
			return refused(n, "%q is not a number that JSON can hold.", n.Value)
		}
		b.WriteString(out)
	}
	return nil
}
