package artifact

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

// Table is the first rows of a file of rows.
type Table struct {
	Format    string   `json:"format" enum:"csv,tsv,jsonl,json"`
	Columns   []Column `json:"columns"`
	Rows      [][]any  `json:"rows" doc:"A value for each column; null where there is none. Values of CSV are strings."`
	Total     *int64   `json:"total,omitempty" doc:"How many rows there are, where the whole file was read."`
	Truncated bool     `json:"truncated" doc:"There are further rows."`
}

// Column is a column with the type that fits all values that were read.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type" enum:"string,integer,number,boolean,date,datetime,object,array"`
}

const (
	formCSV     = "csv"
	formTSV     = "tsv"
	formLines   = "jsonl"
	formJSON    = "json"
	formParquet = "parquet"
)

// maxColumns is how many columns of a table are shown.
const maxColumns = 500

// tableForm tells by its name how a file holds rows.
func tableForm(name string) (string, bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return formCSV, true
	case ".tsv", ".tab":
		return formTSV, true
	case ".jsonl", ".ndjson":
		return formLines, true
	case ".parquet", ".pq":
		return formParquet, true
	}
	return "", false
}

// readTable reads the first rows of a text; cut says that the text is the beginning of a longer one.
func readTable(form string, data []byte, cut bool, rows int) Table {
	t := Table{Format: form, Columns: []Column{}, Rows: [][]any{}}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if cut { // the last line is torn
		data = data[:bytes.LastIndexByte(data, '\n')+1]
	}
	var total int64
	var whole bool
	if form == formLines {
		total, whole = t.readLines(data, rows)
	} else {
		total, whole = t.readSeparated(data, rows)
	}
	t.Truncated = cut || !whole || total > int64(len(t.Rows))
	if whole && !cut {
		t.Total = &total
	}
	return t
}

func (t *Table) readSeparated(data []byte, rows int) (total int64, whole bool) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator(t.Format, data), true, -1, true
	for {
		record, err := r.Read()
		if err != nil {
			t.types()
			return max(total-1, 0), err.Error() == "EOF"
		}
		if total++; total == 1 {
			for i, name := range record[:min(len(record), maxColumns)] {
				if name = strings.TrimSpace(name); name == "" {
					name = "column " + strconv.Itoa(i+1)
				}
				t.Columns = append(t.Columns, Column{Name: name})
			}
			continue
		}
		if len(t.Rows) >= rows {
			continue
		}
		row := make([]any, len(t.Columns))
		for i := range row {
			if i < len(record) && record[i] != "" {
				row[i] = strings.Clone(record[i])
			}
		}
		t.Rows = append(t.Rows, row)
	}
}

// separator is the one of the usual signs that stands most often in the first line, outside of quotes.
func separator(form string, data []byte) rune {
	if form == formTSV {
		return '\t'
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	count := map[rune]int{}
	quoted := false
	for _, c := range string(line) {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			count[c]++
		}
	}
	best := ','
	for _, c := range []rune{';', '\t', '|'} {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

func (t *Table) readLines(data []byte, rows int) (total int64, whole bool) {
	at := map[string]int{}
	whole = true
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		total++
		if len(t.Rows) >= rows {
			continue
		}
		if !json.Valid(line) {
			whole = false
			continue
		}
		o, err := entity.ParseObject(line)
		if err != nil { // a line that is a plain value is a row of one column
			o = entity.Object{{Name: "value", Value: line}}
		}
		row := make([]any, len(t.Columns), len(t.Columns)+len(o))
		for _, m := range o {
			i, there := at[m.Name]
			if !there {
				if len(t.Columns) == maxColumns {
					continue
				}
				i = len(t.Columns)
				at[m.Name] = i
				t.Columns = append(t.Columns, Column{Name: m.Name})
				row = append(row, nil)
			}
			if !entity.IsNull(m.Value) {
				row[i] = slices.Clone(m.Value)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for i, row := range t.Rows {
		for len(row) < len(t.Columns) {
			row = append(row, nil)
		}
		t.Rows[i] = row
	}
	t.types()
	return total, whole
}

// types finds for each column the narrowest type that all its values have.
func (t *Table) types() {
	for i := range t.Columns {
		found := ""
		for _, row := range t.Rows {
			if row[i] != nil {
				found = wider(found, typeOf(row[i]))
			}
		}
		if found == "" {
			found = "string"
		}
		t.Columns[i].Type = found
	}
}

func wider(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case a == "integer" && b == "number", a == "number" && b == "integer":
		return "number"
	case a == "date" && b == "datetime", a == "datetime" && b == "date":
		return "datetime"
	}
	return "string"
}

func typeOf(v any) string {
	text, isText := v.(string)
	if raw, ok := v.(json.RawMessage); ok {
		switch raw[0] {
		case '{':
			return "object"
		case '[':
			return "array"
		case 't', 'f':
			return "boolean"
		case '"':
			text, isText = entity.AsString(raw)
			if _, err := strconv.ParseFloat(text, 64); err == nil {
				return "string" // it was written as one
			}
		default:
			text, isText = string(raw), true
		}
	}
	if !isText {
		return "string"
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return "integer"
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == f && !strings.ContainsAny(text, "xXpP_iIn") {
		return "number"
	}
	if l := strings.ToLower(text); l == "true" || l == "false" {
		return "boolean"
	}
	if len(text) == 10 {
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return "date"
		}
	}
	for _, form := range []string{time.RFC3339, time.DateTime, "2006-01-02T15:04:05"} {
		if _, err := time.Parse(form, text); err == nil {
			return "datetime"
		}
	}
	return "string"
}
