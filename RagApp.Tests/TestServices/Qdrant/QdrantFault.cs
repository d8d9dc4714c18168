namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>How the stand-in misbehaves.</summary>
internal enum QdrantFault
{
    None,

    /// <summary>Internal, and nothing is done.</summary>
    Error,

    /// <summary>It is done, and the answer is Internal.</summary>
    ErrorAfterwards,

    /// <summary>InvalidArgument: something is wrong with the request.</summary>
    Refusal,

    /// <summary>NotFound, and no aliases: as on a node that was started empty or has not heard of the collection yet.</summary>
    Absent,

    /// <summary>DeadlineExceeded by the server, as with a frozen node.</summary>
    Timeout,

    /// <summary>No answer until the client gives up.</summary>
    Silence,

    /// <summary>The connection is closed, with all calls that it carries.</summary>
    Drop,
}
