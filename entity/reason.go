package entity

import "encoding/json"

// Reason says why an entity is in its state. Code stands in the table of Reasons.
type Reason struct {
	Code    string `json:"code"`
	Message string `json:"message"`

	ExitCode  *int            `json:"exit_code,omitempty"`
	Signal    string          `json:"signal,omitempty"`
	Container string          `json:"container,omitempty"`
	Details   json.RawMessage `json:"details,omitempty"`
}

// Notice is a remark that changes nothing: what was not honoured, superseded, or kept differently.
type Notice struct {
	Field   string `json:"field,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// ReasonInfo documents one reason code.
type ReasonInfo struct {
	Code    string
	Meaning string // one sentence
	Advice  string // what the reader can do
	Final   bool   // ends a run
}

// Reason codes of runs. Waiting codes first, then codes of ended runs.
const (
	ReasonQueued         = "queued"
	ReasonStarting       = "starting"
	ReasonEnvironment    = "preparing_environment"
	ReasonRetryWait      = "retry_wait"
	ReasonScheduled      = "scheduled"
	ReasonClientDriven   = "client_driven"
	ReasonExecuting      = "executing"
	ReasonEngineAway     = "engine_unavailable"
	ReasonStopping       = "stopping"
	ReasonDeleting       = "deleting"
	ReasonCompleted      = "completed"
	ReasonStopped        = "stopped_by_user"
	ReasonUserError      = "user_error"
	ReasonExitCode       = "exit_code"
	ReasonSignal         = "signal"
	ReasonMemory         = "memory_limit"
	ReasonTimeout        = "timeout"
	ReasonMissingModule  = "missing_module"
	ReasonArguments      = "arguments_missing"
	ReasonHandler        = "handler_not_found"
	ReasonEnvFailed      = "environment_failed"
	ReasonInput          = "input_unavailable"
	ReasonSecret         = "secret_missing"
	ReasonSource         = "source_not_fetched"
	ReasonInterpreter    = "interpreter_missing"
	ReasonInvalidSpec    = "invalid_spec"
	ReasonUnsupported    = "unsupported"
	ReasonKeeperLost     = "keeper_lost"
	ReasonHostLost       = "host_lost"
	ReasonUnknownOutcome = "unknown_outcome"
	ReasonStartFailed    = "start_failed"
	ReasonClientSilent   = "client_silent"
	ReasonClientError    = "client_error"
	ReasonReport         = "report_invalid"
	ReasonScheduleEnded  = "schedule_ended"
	ReasonKeyMissing     = "key_missing"
	ReasonInternal       = "internal"
)

// Reasons is the one table of reason codes; documentation and `dhub why` are made from it.
var Reasons = []ReasonInfo{
	{ReasonQueued, "The run waits for its turn: it starts as soon as fewer runs execute than are allowed.", "Wait, stop a run that is not needed, or raise the number of runs at once (dhub serve --max-runs).", false},
	{ReasonStarting, "The engine has accepted the run and is starting its process.", "Wait a moment; nothing is needed.", false},
	{ReasonEnvironment, "The environment with the function's requirements is being built; its output is in the run's log.", "Follow the log. The next run with the same requirements starts at once.", false},
	{ReasonRetryWait, "The last attempt failed and the retry policy starts another one after a pause.", "Wait for the next attempt, read the log of the last one, or stop the run.", false},
	{ReasonScheduled, "The run is the handle of a schedule and executes nothing itself; each firing is a run of its own.", "Stop or delete this run to end the schedule.", false},
	{ReasonClientDriven, "A client executes the run in its own process and reports its state.", "Look at the process that called run(local_execution=True).", false},
	{ReasonExecuting, "The function is executing.", "Follow the log.", false},
	{ReasonEngineAway, "The engine does not answer; the run is kept and tried again.", "Check the engine; nothing is lost meanwhile.", false},
	{ReasonStopping, "The run was asked to stop and has its grace period to end.", "Wait for the grace period; then it is killed.", false},
	{ReasonDeleting, "The run is being deleted; its process is ended first.", "Wait a moment.", false},
	{ReasonCompleted, "The function returned normally.", "Nothing; look at its results (dhub get run) and outputs (dhub download KEY).", true},
	{ReasonStopped, "The run was stopped on request.", "Start a new run when it is needed again.", true},
	{ReasonUserError, "The function raised an exception.", "Read the traceback at the end of the log, mend the function, run again.", true},
	{ReasonExitCode, "The process ended with an exit code other than 0.", "Read the end of the log: the program said there why it gave up.", true},
	{ReasonSignal, "The process was ended by a signal that dhub did not send.", "SIGSEGV or SIGABRT point to native code; SIGKILL to an operator or the system's memory guard.", true},
	{ReasonMemory, "The run used more memory than its limit and was killed.", "Raise resources.mem (dhub run --mem 2Gi), or process the data in smaller parts.", true},
	{ReasonTimeout, "The run took longer than its timeout and was ended.", "Raise timeout (dhub run --timeout 10m), or make the function faster.", true},
	{ReasonMissingModule, "The function imports a module that its environment does not hold.", "Add the package that holds the module to the function's requirements: dhub run -r NAME, or requirements in the function's spec.", true},
	{ReasonArguments, "The function demands arguments that the run does not give, so it was not called.", "Run it again with what the message names: a plain value as a parameter (dhub run -p NAME=VALUE), a data item, model or artifact as an input (-i NAME=KEY). Or give the arguments defaults in the code.", true},
	{ReasonHandler, "The handler named by the function does not exist in its source.", "Compare source.handler (name or module:name; the HANDLER of dhub run) with the functions in the code.", true},
	{ReasonEnvFailed, "The environment with the function's requirements could not be built.", "Read the builder's output in the log: a version that does not exist, a name misspelt, or no network.", true},
	{ReasonInput, "An input of the run does not exist or cannot be read.", "Check the key named in the message; it must exist and be READY. dhub upload FILE keeps a file under a key.", true},
	{ReasonSecret, "A secret that the run asks for does not exist in its project.", "Create the secret in the project (dhub create secret NAME), or take its name out of the run.", true},
	{ReasonSource, "The function's source lies behind an address that this server cannot fetch yet.", "Put the code inline (base64) or run it from a local file (dhub run FILE:HANDLER).", true},
	{ReasonInterpreter, "No fitting Python interpreter was found on this machine.", "Install the Python version that the function asks for, or change python_version (dhub run --python-version).", true},
	{ReasonInvalidSpec, "The specification of function, task and run together cannot be executed.", "The message names the field; create a corrected run.", true},
	{ReasonUnsupported, "The chosen engine cannot execute what the run asks for.", "Choose another engine, or drop what the message names.", true},
	{ReasonKeeperLost, "The process that keeps local runs was killed, and its runs ended with it.", "Start the run again; set backoff_limit (dhub run --retries 2) to have that done by itself.", true},
	{ReasonHostLost, "The machine that executed the run was restarted or is gone.", "Start the run again; set backoff_limit (dhub run --retries 2) to have that done by itself.", true},
	{ReasonUnknownOutcome, "It cannot be known whether the attempt did its work, so it is not executed a second time.", "Check what the function did, then start the run again if needed.", true},
	{ReasonStartFailed, "The process could not be started.", "The message has the system's answer: a missing program, no space, or no permission.", true},
	{ReasonClientSilent, "The client that executes the run has not been heard of for too long.", "Start the run again; the process that executed it is gone or cut off.", true},
	{ReasonClientError, "The client that executes the run reported a failure.", "Read the message and the log that the client sent.", true},
	{ReasonReport, "The process left a report that cannot be read.", "Do not write to the file named by DHUB_REPORT from the function.", true},
	{ReasonScheduleEnded, "The schedule behind this handle was ended.", "Create a new schedule when it is needed again.", true},
	{ReasonKeyMissing, "Values that the run was given cannot be opened: the key that sealed them is not in the key file any more.", "Put the key file of the data folder back from a backup and restart the server, or store the secrets anew; then start the run again. The log of an attempt whose secrets could not be masked is not kept.", true},
	{ReasonInternal, "dhub itself failed.", "The server's log has the cause under the run's id; please report it.", true},
}

// FindReason returns the documentation of a code.
func FindReason(code string) (ReasonInfo, bool) {
	for _, r := range Reasons {
		if r.Code == code {
			return r, true
		}
	}
	return ReasonInfo{}, false
}
