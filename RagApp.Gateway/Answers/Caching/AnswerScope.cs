using System.Globalization;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;
using RagApp.Storage.Encryption;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// The askers and conditions between which answers may be shared: one tenant, the same groups, region, model and prompt. The names of a scope and
/// of its fields are made with the tenant's key, so that they tell nothing to somebody who reads Redis.
/// </summary>
internal sealed class AnswerScope
{
    private const int NameLength = 32;

    private readonly string _name;

    public AnswerScope(Principal principal, ChatModel model, TenantKey key)
    {
        Tenant = principal.Tenant;
        Cipher = key.CipherFor("answers");
        string[] conditions =
        [
            AnswerPrompt.Version, model.Id, model.MaxOutputTokens.ToString(CultureInfo.InvariantCulture), principal.Region ?? "",
            .. principal.Groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        _name = NameOf(string.Join('\n', conditions));
    }

    public string Tenant { get; }

    /// <summary>The cipher of the tenant's answers.</summary>
    public ValueCipher Cipher { get; }

    /// <summary>The field of a question. Spaces, final punctuation and the case of the first letter make no difference.</summary>
    public string FieldOf(string question) => $"{_name}.{NameOf(Plain(question))}";

    /// <summary>True for the field of a question of this scope.</summary>
    public bool Has(string field) => field.StartsWith($"{_name}.", StringComparison.Ordinal);

    private string NameOf(string text) => Cipher.NameOf(text)[..NameLength];

    private static string Plain(string question)
    {
        var words = string.Join(' ', question.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('?', '.', '!', '？', '。', ' ');
        return words.Length == 0 ? words : char.ToLowerInvariant(words[0]) + words[1..];
    }
}
