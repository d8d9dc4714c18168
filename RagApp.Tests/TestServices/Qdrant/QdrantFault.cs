namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Fault that the stand-in produces on a call.</summary>
internal enum QdrantFault
{
    None,

    /// <summary>The call has no effect; the status is Internal.</summary>
    Error,

    /// <summary>The call takes effect; the status is Internal.</summary>
    ErrorAfterwards,

    /// <summary>Status InvalidArgument: the request is wrong.</summary>
    Refusal,

    /// <summary>Status NotFound, as on a node that was started empty or has not yet learned of the collection.</summary>
    Absent,

    /// <summary>Status DeadlineExceeded, set by the server, as when another node is frozen.</summary>
    Timeout,

    /// <summary>The server does not answer until the client gives up.</summary>
    Silence,

    /// <summary>The server closes the connection, which ends all calls on it.</summary>
    Drop,
}
