using System.Security.Cryptography;
using System.Text;

namespace RagApp.Models.Pool;

/// <summary>A provider's API key. Its text form is its number, so that no log and no exception shows the key.</summary>
/// <param name="number">Number of the key in the configuration, from one.</param>
internal sealed class DeploymentKey(int number, string secret)
{
    private const int FingerprintLength = 16;

    public string Secret => secret;

    /// <summary>The beginning of the key's hash, which replicas with the same key have in common.</summary>
    public string Fingerprint { get; } = Hash(secret);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintLength];

    public override string ToString() => $"key {number}";
}
