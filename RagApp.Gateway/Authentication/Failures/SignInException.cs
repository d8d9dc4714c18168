using System.Net;

namespace RagApp.Gateway.Authentication.Failures;

/// <summary>A credential is refused. The message is a sentence that says what to do; it never quotes the credential.</summary>
internal sealed class SignInException(SignInFailure failure, string message, HttpStatusCode status = HttpStatusCode.Unauthorized) : Exception(message)
{
    public SignInFailure Failure { get; } = failure;

    public HttpStatusCode Status { get; } = status;

    /// <summary>Tenant whose audit journal records the failure; null when the credential does not prove one.</summary>
    public string? Tenant { get; init; }

    /// <summary>Person or program that the credential proves; null when it proves none.</summary>
    public string? Subject { get; init; }
}
