package sqlstore

import "context"

// PutMarks implements store.Logs.
func (l logs) PutMarks(ctx context.Context, uid string, attempt int, container string, offset int64, marks []byte) error {
	if _, err := l.exec("DELETE FROM log_marks WHERE uid = $1 AND attempt = $2 AND container = $3 AND pos >= $4", uid, attempt, container, offset); err != nil || len(marks) == 0 {
		return err
	}
	_, err := l.exec("INSERT INTO log_marks (uid, attempt, container, pos, marks) VALUES ($1, $2, $3, $4, $5)", uid, attempt, container, offset, marks)
	return err
}

// Marks implements store.Logs.
func (l logs) Marks(ctx context.Context, uid string, attempt int, container string, offset int64) (out [][]byte, err error) {
	err = l.c.rows(`SELECT marks FROM log_marks WHERE uid = $1 AND attempt = $2 AND container = $3 AND pos >= (
			SELECT COALESCE(max(pos), 0) FROM log_marks WHERE uid = $1 AND attempt = $2 AND container = $3 AND pos <= $4) ORDER BY pos`,
		[]any{uid, attempt, container, offset}, func(scan func(...any) error) error {
			var marks []byte
			err := scan(&marks)
			out = append(out, marks)
			return err
		})
	return out, err
}
