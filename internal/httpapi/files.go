package httpapi

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

func (a *API) fileRoutes() []route {
	const tag = "files"
	filename := []param{text("filename", "Name of the file, perhaps with folders.").must(), text("name", "Name of the entity, where it does not exist yet.")}
	path, upload := text("path", "The path that the start of the upload gave.").must(), text("uploadId", "The id that the start of the upload gave.").must()
	var out []route
	for _, typ := range materials {
		name, one := schemaNames[typ], proj+"/"+entity.Plural(typ)+"/{id}/files"
		add := func(method, sub, id, summary, answer, body string, query []param, h func(*call, string) error) {
			out = append(out, route{method: method, path: one + sub, id: id, tag: tag, summary: summary, query: query, answer: answer, body: body,
				handle: func(c *call) error {
					if c.cfg.Files == nil {
						return unavailable("The file store")
					}
					return h(c, typ)
				}})
		}
		add("GET", "/info", "list"+name+"Files", "List its files: a page when the caller accepts JSON by name or asks for a page, else an array.", "FileInfos", "",
			[]param{integer("page", "Number of the page, from 0."), integer("size", "Entries a page."), text("token", "Where to go on.")}, filesInfo)
		add("PUT", "/info", "put"+name+"Files", "Replace the list of its files.", "", "FileInfoList", nil, putFilesInfo)
		add("GET", "/download", "download"+name, "Where its bytes can be read.", "Place", "", []param{text("sub", "Path below its own.")}, download)
		add("GET", "/download/{sub...}", "download"+name+"File", "Where the bytes of one of its files can be read.", "Place", "", nil, download)
		add("POST", "/upload", "upload"+name, "Where a file can be put.", "Place", "", filename, uploadFile)
		add("POST", "/multipart/start", "start"+name+"Parts", "Begin an upload in parts.", "Place", "", filename, startParts)
		add("PUT", "/multipart/part", "upload"+name+"Part", "Where a part can be put.", "Place", "",
			[]param{path, upload, integer("partNumber", "Number of the part, from 1.").must()}, uploadPart)
		add("POST", "/multipart/complete", "complete"+name+"Parts", "End an upload in parts.", "Place", "",
			[]param{path, upload, several("partList", "ETags in the order of the parts.").must()}, completeParts)
	}
	return append(out, route{method: "POST", path: proj + "/files/credentials", id: "createFileCredentials", tag: tag,
		summary: "Short-lived credentials of the file store.", answer: "Credentials", handle: credentials})
}

// placeBody is where bytes are read from or written to.
type placeBody struct {
	Path       string `json:"path"`
	URL        string `json:"url,omitempty"`
	Method     string `json:"method,omitempty"`
	UploadID   string `json:"uploadId,omitempty"`
	PartNumber int    `json:"partNumber,omitempty"`
	Expiration string `json:"expiration,omitempty"`
}

func (c *call) place(p artifact.Place, err error) error {
	if err != nil {
		return err
	}
	body := placeBody{Path: p.Path, URL: p.URL, Method: p.Method, UploadID: p.UploadID, PartNumber: p.PartNumber}
	if !p.Expires.IsZero() {
		body.Expiration = entity.FormatTime(p.Expires)
	}
	return c.json(body)
}

func download(c *call, typ string) error {
	sub := c.r.PathValue("sub")
	if sub == "" {
		sub = c.query("sub")
	}
	return c.place(c.cfg.Files.Download(c.ctx(), typ, c.project(), c.id(), sub))
}

func uploadFile(c *call, typ string) error {
	filename, err := c.required("filename")
	if err != nil {
		return err
	}
	return c.place(c.cfg.Files.Upload(c.ctx(), typ, c.project(), c.id(), filename, c.query("name")))
}

func startParts(c *call, typ string) error {
	filename, err := c.required("filename")
	if err != nil {
		return err
	}
	return c.place(c.cfg.Files.StartParts(c.ctx(), typ, c.project(), c.id(), filename, c.query("name")))
}

func (c *call) underWay() (path, upload string, err error) {
	if path, err = c.required("path"); err != nil {
		return "", "", err
	}
	upload, err = c.required("uploadId")
	return path, upload, err
}

func uploadPart(c *call, typ string) error {
	path, upload, err := c.underWay()
	if err != nil {
		return err
	}
	if _, err := c.required("partNumber"); err != nil {
		return err
	}
	n, err := c.integer("partNumber", 1, 0)
	if err != nil {
		return err
	}
	return c.place(c.cfg.Files.Part(c.ctx(), typ, c.project(), c.id(), path, upload, int(n)))
}

func completeParts(c *call, typ string) error {
	path, upload, err := c.underWay()
	if err != nil {
		return err
	}
	var etags []string
	for _, v := range c.r.URL.Query()["partList"] {
		for e := range strings.SplitSeq(v, ",") {
			if e != "" {
				etags = append(etags, e)
			}
		}
	}
	if len(etags) == 0 {
		return badQuery("partList", "required", "is required.")
	}
	return c.place(c.cfg.Files.CompleteParts(c.ctx(), typ, c.project(), c.id(), path, upload, etags))
}

// filesInfo answers a page to those who ask for one and an array to the published Python client, which
// accepts anything and asks for nothing.
func filesInfo(c *call, typ string) error {
	list, err := c.cfg.Files.Info(c.ctx(), typ, c.project(), c.id())
	if err != nil {
		return err
	}
	v := c.r.URL.Query()
	if !asksForPage(c.r) {
		return c.raw(entity.Array(list))
	}
	page, size, err := catalog.Paging(v, 100)
	if err != nil {
		return err
	}
	q := store.Query{Page: min(page, maxPage), Size: size}
	from := min(q.Page*q.Size, len(list))
	part := list[from:min(from+q.Size, len(list))]
	b := envelope(entity.Array(part), len(part), int64(len(list)), q)
	return c.raw(append(b[:len(b)-1], `,"nextToken":null}`...))
}

func asksForPage(r *http.Request) bool {
	q := r.URL.Query()
	if q.Has("page") || q.Has("size") || q.Has("token") {
		return true
	}
	return slices.ContainsFunc(r.Header.Values("Accept"), func(v string) bool { return strings.Contains(v, "application/json") })
}

func putFilesInfo(c *call, typ string) error {
	body, err := c.body()
	if err != nil {
		return err
	}
	clean, _, err := entity.Scan(body, "")
	if err != nil {
		return err
	}
	var list []json.RawMessage
	if json.Unmarshal(clean, &list) != nil || list == nil {
		return entity.Invalid("", "type", "The body must be an array of file infos, not %s.", entity.TypeName(clean))
	}
	for i, f := range list {
		if o, err := entity.ParseObject(f); err != nil || len(o) == 0 {
			return entity.Invalid("", "type", "Entry %d of the body must be an object such as {\"path\":…,\"name\":…}, not %s.", i, entity.TypeName(f))
		}
	}
	return c.void(c.cfg.Files.PutInfo(c.ctx(), typ, c.project(), c.id(), clean))
}

// credentialsBody has the names under which clients keep the members.
type credentialsBody struct {
	AccessKey  string `json:"aws_access_key_id"`
	SecretKey  string `json:"aws_secret_access_key"`
	Token      string `json:"aws_session_token"`
	Endpoint   string `json:"aws_endpoint_url"`
	Region     string `json:"aws_region"`
	Bucket     string `json:"s3_bucket"`
	Signature  string `json:"s3_signature_version"`
	Expiration string `json:"aws_credentials_expiration"`
}

func credentials(c *call) error {
	if c.cfg.Credentials == nil {
		return unavailable("The file store")
	}
	if _, err := c.cfg.Catalog.Get(c.ctx(), entity.Project, "", c.project()); err != nil {
		return err
	}
	who := c.who()
	who.Project = c.project()
	k, err := c.cfg.Credentials(c.ctx(), who)
	if err != nil {
		return err
	}
	c.w.Header().Set("Cache-Control", "no-store")
	return c.json(credentialsBody{k.AccessKey, k.SecretKey, k.SessionToken, k.Endpoint, k.Region, k.Bucket, "s3v4", k.Expires.UTC().Format("2006-01-02T15:04:05Z")})
}
