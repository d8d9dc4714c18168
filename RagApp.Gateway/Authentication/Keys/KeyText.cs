using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>
/// The text of a created API key: <c>ragapp_YWNtZQ_9f86d0...</c>, the tenant in base64url and 256 random bits in hex. The tenant says
/// where to look for the key's hash; a recognizable beginning lets scanners find leaked keys.
/// </summary>
internal static class KeyText
{
    private const string Mark = "ragapp_";
    private const int SecretBytes = 32;
    private const int ShownDigits = 8;
    private const int MaxLength = 400;

    public static string Create(string tenant) =>
        $"{Mark}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tenant))}_{RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true)}";

    /// <summary>The part of a key that may be shown.</summary>
    public static string PrefixOf(string key) => key[..(key.LastIndexOf('_') + 1 + ShownDigits)];

    /// <summary>The tenant in a key; null for a text that is no created key.</summary>
    public static string? FindTenant(string key)
    {
        var end = key.LastIndexOf('_');
        if (key.Length > MaxLength || !key.StartsWith(Mark, StringComparison.Ordinal) || end < Mark.Length || key.Length - end - 1 != SecretBytes * 2
            || !Base64Url.IsValid(key.AsSpan(Mark.Length, end - Mark.Length)))
            return null;
        var tenant = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(key.AsSpan(Mark.Length, end - Mark.Length)));
        return CallerNames.IsTenant(tenant) ? tenant : null;
    }
}
