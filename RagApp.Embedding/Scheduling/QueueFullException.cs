namespace RagApp.Embedding.Scheduling;

/// <summary>The lane has no room for a request's texts: the caller comes back later.</summary>
internal sealed class QueueFullException(int texts)
    : Exception($"Too much work waits already to take {texts} more texts. Send them again after the time in Retry-After.");
