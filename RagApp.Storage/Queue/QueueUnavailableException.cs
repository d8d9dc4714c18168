namespace RagApp.Storage.Queue;

/// <summary>The queue's server does not answer; what it has been given it keeps.</summary>
public sealed class QueueUnavailableException(Exception cause)
    : Exception("The job queue does not answer: look whether Redis runs and ConnectionStrings:redis names it.", cause);
