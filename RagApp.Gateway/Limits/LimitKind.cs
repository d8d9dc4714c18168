namespace RagApp.Gateway.Limits;

/// <summary>Names of the limits, in headers, in keys of Redis and in metrics.</summary>
internal static class LimitKind
{
    public const string Principal = "principal";
    public const string Address = "address";
    public const string SignIn = "sign-in";
}
