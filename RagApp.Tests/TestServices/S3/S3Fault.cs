namespace RagApp.Tests.TestServices.S3;

/// <summary>Fault that the S3 server produces on one request.</summary>
public enum S3Fault
{
    None,

    /// <summary>503 SlowDown; the request has no effect.</summary>
    SlowDown,

    /// <summary>403 AccessDenied; the request has no effect.</summary>
    Refuse,

    /// <summary>301 PermanentRedirect, as for a bucket of another region.</summary>
    Redirect,

    /// <summary>The server does not answer until the caller gives up.</summary>
    Silence,

    /// <summary>The request takes effect, but the response is 500 InternalError.</summary>
    FailAfterDoing,

    /// <summary>
    /// The request takes effect, but the response is 200 with an error in the body, as can happen when a multipart upload is
    /// completed.
    /// </summary>
    ErrorInBodyAfterDoing,

    /// <summary>The connection ends in the middle of the response body.</summary>
    CutBody,

    /// <summary>The request takes effect, but the response carries a wrong entity tag.</summary>
    WrongETag,
}
