using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Checks a request for a new key; an error is a sentence that says how to mend it.</summary>
internal static class NewKeyRules
{
    /// <summary>Days until a key expires whose creator says nothing.</summary>
    public const int UsualDays = 90;

    private const int MostDays = 366;
    private const int MaxName = 100;
    private const string ProgramPrefix = "program:";

    /// <summary>Returns the first error; null when the request is valid.</summary>
    public static string? WhatIsWrong(NewApiKey request, Principal admin) => request switch
    {
        _ when !CallerNames.IsTenant(admin.Tenant) => "The name of your organisation is reserved or too long for API keys that are created here. Use keys of the configuration.",
        { Name: var name } when string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl) =>
            $"'name' says in 1 to {MaxName} characters what the key is for.",
        { Subject: { } subject } when subject != admin.Subject && !IsProgram(subject) =>
            $"'subject' is '{ProgramPrefix}NAME' for a program; without it the key is your own. A key cannot act as another person.",
        { ExpiresInDays: < 1 or > MostDays } => $"'expiresInDays' lies between 1 and {MostDays}.",
        { Groups: { } groups } when groups.Except(admin.Groups, StringComparer.Ordinal).Any() => "'groups' has a group that you are not in: a key reads no more than whoever creates it.",
        { Roles: { } roles } when roles.Except(admin.Roles, StringComparer.Ordinal).Any() => "'roles' has a role that you do not have: a key may do no more than whoever creates it.",
        { Scopes: { } scopes } when scopes.Count == 0 || scopes.Except(KeyScope.All, StringComparer.Ordinal).Any() => $"'scopes' takes one or more of {string.Join(", ", KeyScope.All)}.",
        _ => null,
    };

    private static bool IsProgram(string subject) =>
        subject.StartsWith(ProgramPrefix, StringComparison.Ordinal) && subject.Length > ProgramPrefix.Length && CallerNames.IsSubject(subject);
}
