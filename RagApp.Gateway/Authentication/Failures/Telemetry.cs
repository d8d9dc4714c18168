using System.Diagnostics.Metrics;

namespace RagApp.Gateway.Authentication.Failures;

/// <summary>Metrics of refused credentials.</summary>
internal sealed class Telemetry(IMeterFactory meters)
{
    public const string Name = "RagApp.Gateway.Authentication";

    private readonly Counter<long> _refused = meters.Create(Name)
        .CreateCounter<long>(Metrics.Refused, "{request}", "Requests whose credential was refused, by reason.");

    public void Refused(SignInFailure failure) => _refused.Add(1, new KeyValuePair<string, object?>(Tags.Reason, NameOf(failure)));

    public static string NameOf(SignInFailure failure) => failure switch
    {
        SignInFailure.UnknownKey => "unknown_key",
        SignInFailure.RevokedKey => "revoked_key",
        SignInFailure.ExpiredKey => "expired_key",
        SignInFailure.Ambiguous => "ambiguous",
        SignInFailure.ExpiredToken => "expired_token",
        SignInFailure.ForeignToken => "foreign_token",
        SignInFailure.UnusableToken => "unusable_token",
        SignInFailure.GroupsElsewhere => "groups_elsewhere",
        SignInFailure.NoMember => "no_member",
        SignInFailure.EndedSession => "ended_session",
        SignInFailure.IssuerAway => "issuer_away",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, message: null),
    };

    public static class Metrics
    {
        public const string Refused = "ragapp.signin.refused";
    }

    public static class Tags
    {
        public const string Reason = "ragapp.signin.reason";
    }
}
