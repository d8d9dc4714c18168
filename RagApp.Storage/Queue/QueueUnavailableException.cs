namespace RagApp.Storage.Queue;

/// <summary>The queue's server does not answer; jobs that were added before are kept.</summary>
public sealed class QueueUnavailableException(Exception cause)
    : Exception("The job queue does not answer: check that Redis runs, and that ConnectionStrings:redis names it.", cause);
