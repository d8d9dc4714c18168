using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RagApp.Gateway.Authentication;

namespace RagApp.Tests.Architecture;

/// <summary>Every setting that a document names exists under that name.</summary>
public sealed partial class DocumentedSettingsTests
{
    /// <summary>Sample keys in configuration.md that only explain the notation.</summary>
    private static readonly string[] Placeholders = ["Key:Name"];

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md")).Append(Path.Combine(Repository.Root, "CONTRIBUTING.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Settings_ThatADocumentNames_AreThoseThereAre(string document)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken);

        NamesIn(text).Except(Placeholders).Where(name => !SettingNames.Has(name)).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Upload:MaxFileBytes", true)]
    [InlineData("ApiKeys:N:Hash", true)]
    [InlineData("ApiKeys:0:Groups:0", true)]
    [InlineData("Parser:Formats:FORMAT:MemoryMiB", true)]
    [InlineData("Embedding:Provider", true)]
    [InlineData("ApiKeys:Keys:N:Hash", false)]
    [InlineData("Upload:MaxBytes", false)]
    [InlineData("Upload:MaxFileBytes:N", false)]
    public void Has_ByName_OnlyWhatThereIs(string name, bool expected) => SettingNames.Has(name).ShouldBe(expected);

    [Fact]
    public void Has_ManyDocumentedSettings_AreFound()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

        NamesIn(text).Distinct().Count().ShouldBeGreaterThan(120);
    }

    [Fact]
    public void ApiKeys_InTheEnvironment_BindAsTheDocumentsSay()
    {
        var environment = new Dictionary<string, string?> { ["ApiKeys:0:Hash"] = new string('a', 64), ["ApiKeys:0:Groups:0"] = "staff" };
        var keys = new ApiKeyOptions().Keys;

        new ConfigurationBuilder().AddInMemoryCollection(environment).Build().GetSection(ApiKeyOptions.Section).Bind(keys);

        keys.ShouldHaveSingleItem().Groups.ShouldBe(["staff"]);
    }

    /// <summary>
    /// Configuration keys in a text, written with colons or, as in environment variables, with double underscores. A key that
    /// begins with a colon continues the section of the previous key on the same line.
    /// </summary>
    private static IEnumerable<string> NamesIn(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var section = "";
            foreach (Match match in Name().Matches(line))
            {
                var name = match.Value.Trim('`').Replace("__", ":", StringComparison.Ordinal);
                if (name[0] == ':' && section.Length == 0)
                    continue;
                if (name[0] == ':')
                    name = section + name;
                else
                    section = name[..name.LastIndexOf(':')];
                yield return name;
            }
        }
    }

    [GeneratedRegex(@"\b[A-Z][a-z]\w*?(?:(?::|__)[A-Za-z0-9_]*[A-Za-z0-9])+|`(?::[A-Z][A-Za-z0-9]*)+`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
