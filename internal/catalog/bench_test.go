package catalog_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"dhub/entity"
	"dhub/internal/catalog"
)

func BenchmarkCreateArtifact(b *testing.B) {
	bed := newBed(b)
	var n atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := n.Add(1)
			body := fmt.Sprintf(`{"project":"demo","id":"a%d","name":"n%d","kind":"artifact","metadata":{"project":"demo","name":"n%d","labels":["etl"]},"spec":{"path":"s3://datalake/demo/artifact/n/a%d/x.csv"},"status":{"state":"CREATED"},"extensions":[]}`, id, id%100, id%100, id)
			if _, err := bed.Create(bed.ctx, catalog.Write{Entity: entity.Artifact, Project: "demo", Body: []byte(body), User: "alice"}); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkCreateFunction(b *testing.B) {
	bed := newBed(b)
	for i := 0; b.Loop(); i++ {
		body := fmt.Sprintf(`{"id":"f%d","name":"f","kind":"python","spec":{"source":{"handler":"main"}}}`, i)
		if _, err := bed.Create(bed.ctx, catalog.Write{Entity: entity.Function, Project: "demo", Body: []byte(body), DryRun: true}); err != nil {
			b.Fatal(err)
		}
	}
}
