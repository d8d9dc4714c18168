namespace RagApp.Tests.TestServices.S3;

/// <summary>How a server misbehaves on one request.</summary>
public enum S3Fault
{
    None,

    /// <summary>503 SlowDown, and nothing is done.</summary>
    SlowDown,

    /// <summary>403 AccessDenied, and nothing is done.</summary>
    Refuse,

    /// <summary>It is done, and the answer is 500 InternalError.</summary>
    FailAfterDoing,

    /// <summary>It is done, and the answer is 200 with an error in the body, as completing an upload may end.</summary>
    ErrorInBodyAfterDoing,

    /// <summary>The connection ends in the middle of the answer's body.</summary>
    CutBody,

    /// <summary>It is done, and the answer names a tag that the object does not have.</summary>
    WrongETag,
}
