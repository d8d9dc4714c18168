namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>How the stand-in misbehaves.</summary>
internal enum QdrantFault
{
    None,

    /// <summary>500, and nothing is done.</summary>
    Error,

    /// <summary>It is done, and the answer is 500.</summary>
    ErrorAfterwards,

    /// <summary>400: something is wrong with the request.</summary>
    Refusal,

    /// <summary>408, as with a frozen node.</summary>
    Timeout,

    /// <summary>No answer until the client gives up.</summary>
    Silence,

    /// <summary>The connection is closed.</summary>
    Drop,
}
