namespace RagApp.Gateway.Authentication.Failures;

/// <summary>Reasons why a credential is refused, in metrics and audit records by their name in lower case.</summary>
internal enum SignInFailure
{
    /// <summary>The API key is not known.</summary>
    UnknownKey,

    /// <summary>The API key was revoked.</summary>
    RevokedKey,

    /// <summary>The API key has expired.</summary>
    ExpiredKey,

    /// <summary>The request has two different credentials.</summary>
    Ambiguous,

    /// <summary>The token has expired, is not yet valid, or is older than allowed.</summary>
    ExpiredToken,

    /// <summary>The token is of another issuer or for another application, or its signature does not hold.</summary>
    ForeignToken,

    /// <summary>The token lacks a claim, or has one that cannot be used.</summary>
    UnusableToken,

    /// <summary>The token has a pointer in place of the groups.</summary>
    GroupsElsewhere,

    /// <summary>The token's person lacks the role of a member.</summary>
    NoMember,

    /// <summary>An administrator ended the session of the token.</summary>
    EndedSession,

    /// <summary>The issuer does not answer, so that no token can be verified.</summary>
    IssuerAway,
}
