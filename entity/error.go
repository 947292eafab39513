package entity

import (
	"errors"
	"fmt"
	"strings"
)

// Code classifies an error. Exactly one table maps codes to HTTP status, another to exit codes.
type Code string

const (
	CodeInvalid         Code = "invalid"
	CodeNotFound        Code = "not_found"
	CodeConflict        Code = "conflict"
	CodeUnauthenticated Code = "unauthenticated"
	CodeForbidden       Code = "forbidden"
	CodeUnavailable     Code = "unavailable"
	CodeUnimplemented   Code = "unimplemented"
	CodeInternal        Code = "internal"
)

// Error is what use cases, stores and engines return when the caller should know why.
type Error struct {
	Code    Code
	Message string       // for people; published clients look for parts of it
	Fields  []FieldError // what is wrong with which field, when it is about input
	Err     error        // the cause, if any
}

// FieldError says what is wrong with one field of a request.
type FieldError struct {
	Pointer string `json:"pointer"` // JSON pointer into the body, or the name of a query parameter
	Message string `json:"message"` // what came, what was expected, what to do
	Rule    string `json:"rule"`    // required, type, enum, pattern, unknown, range, reference, size
}

func (e *Error) Error() string {
	if e.Err != nil && e.Message == "" {
		return e.Err.Error()
	}
	if e.Err != nil && !strings.Contains(e.Message, e.Err.Error()) {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a code; %w wraps as in fmt.Errorf.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Invalid makes an invalid-input error about one field. The message names the field.
func Invalid(pointer, rule, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Code: CodeInvalid, Message: msg, Fields: []FieldError{{Pointer: pointer, Message: msg, Rule: rule}}}
}

// NotFound words a missing entity as published clients of every line expect it.
func NotFound(entity string) *Error {
	return Errorf(CodeNotFound, "No such %s. (No such EntityName.%s)", entity, strings.ToUpper(entity))
}

// Duplicate words an id or a unique name that is taken already.
func Duplicate(entity, id string) *Error {
	return &Error{Code: CodeInvalid, Message: fmt.Sprintf("Duplicated entity %s:%s.", entity, id),
		Fields: []FieldError{{Pointer: "/id", Message: "exists already", Rule: "duplicate"}}}
}

// CodeOf returns the code of an error, CodeInternal when it carries none and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// IsNotFound tells whether err says that something does not exist.
func IsNotFound(err error) bool { return CodeOf(err) == CodeNotFound }
