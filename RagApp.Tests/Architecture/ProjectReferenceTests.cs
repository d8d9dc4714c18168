using System.Xml.Linq;

namespace RagApp.Tests.Architecture;

/// <summary>Enforces the table in docs/architecture.md of the references that each project may have.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["RagApp.Contracts"] = [],
        ["RagApp.Text"] = [],
        ["RagApp.Dlp"] = [],
        ["RagApp.Parsing"] = ["RagApp.Text"],
        ["RagApp.Tests.Intruder"] = [],
        ["RagApp.ServiceDefaults"] = ["RagApp.Contracts"],
        ["RagApp.Storage"] = ["RagApp.Contracts", "RagApp.Text"],
        ["RagApp.Models"] = ["RagApp.Contracts"],
        ["RagApp.Cli"] = ["RagApp.Contracts", "RagApp.Parsing"],
        ["RagApp.Cache"] = ["RagApp.ServiceDefaults"],
        ["RagApp.Embedding"] = ["RagApp.Contracts", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Models", "RagApp.Text"],
        ["RagApp.Ingestion"] = ["RagApp.Contracts", "RagApp.Dlp", "RagApp.Parsing", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Text"],
        ["RagApp.Query"] = ["RagApp.Contracts", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Models", "RagApp.Text"],
        ["RagApp.Gateway"] = ["RagApp.Contracts", "RagApp.Dlp", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Models", "RagApp.Text"],
        ["RagApp.Kubernetes"] = [],
        ["RagApp.AppHost"] =
            ["RagApp.Kubernetes", "RagApp.Cache", "RagApp.Embedding", "RagApp.Ingestion", "RagApp.Query", "RagApp.Gateway"],
    };

    /// <summary>Packages whose types must stay inside one project.</summary>
    private static readonly Dictionary<string, string[]> PackageOwners = new(StringComparer.Ordinal)
    {
        ["Anthropic"] = ["RagApp.Models"],
        ["AWSSDK.S3"] = ["RagApp.Storage"],
        ["Lucene.Net"] = ["RagApp.Storage"],
        ["Lucene.Net.Analysis.Common"] = ["RagApp.Text"],
        ["OllamaSharp"] = ["RagApp.Models"],
        ["OpenAI"] = ["RagApp.Models"],
        ["Microsoft.Extensions.AI.OpenAI"] = ["RagApp.Models"],
        ["Microsoft.ML.OnnxRuntime"] = ["RagApp.Embedding"],
        ["Microsoft.Garnet"] = ["RagApp.Cache"],
        ["AngleSharp"] = ["RagApp.Parsing"],
        ["Markdig"] = ["RagApp.Parsing"],
        ["MimeKit"] = ["RagApp.Parsing"],
        ["PdfPig"] = ["RagApp.Parsing", "RagApp.Tests"],
        ["libphonenumber-csharp"] = ["RagApp.Dlp"],
        ["Grpc.AspNetCore"] = ["RagApp.Tests"],
        ["KubernetesClient"] = ["RagApp.Kubernetes"],
        ["Qdrant.Client"] = ["RagApp.Storage", "RagApp.Tests"],
    };

    /// <summary>Projects that may use ASP.NET Core: the services, their shared defaults, the tests and the benchmarks.</summary>
    private static readonly string[] KnowHttp =
    [
        "RagApp.ServiceDefaults", "RagApp.Embedding", "RagApp.Ingestion", "RagApp.Query", "RagApp.Gateway", "RagApp.Cache", "RagApp.Tests", "RagApp.Benchmarks",
    ];

    private static IEnumerable<string> Projects =>
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path))!.StartsWith("RagApp.", StringComparison.Ordinal));

    [Fact]
    public void References_EveryProject_OnlyThoseOfTheTable()
    {
        var offences =
            from project in Projects
            let name = Path.GetFileNameWithoutExtension(project)
            where name is not ("RagApp.Tests" or "RagApp.Benchmarks")
            from reference in Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            where !Allowed.TryGetValue(name, out var allowed) || !allowed.Contains(reference)
            select $"{name} -> {reference}";

        offences.ShouldBeEmpty();
    }

    [Fact]
    public void References_EveryProject_IsInTheTableAndTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "RagApp.sln"));
        foreach (var name in Projects.Select(path => Path.GetFileNameWithoutExtension(path)!))
        {
            solution.ShouldContain($"\"{name}\"");
            if (name is not ("RagApp.Tests" or "RagApp.Benchmarks"))
                Allowed.ShouldContainKey(name);
        }
    }

    [Fact]
    public void Packages_OfAVendor_StayInTheirProject()
    {
        var offences =
            from project in Projects
            let name = Path.GetFileNameWithoutExtension(project)
            from package in Items(project, "PackageReference")
            where PackageOwners.TryGetValue(package, out var owners) && !owners.Contains(name)
            select $"{name} -> {package}";

        offences.ShouldBeEmpty();
    }

    [Fact]
    public void AspNetCore_BelowTheServices_OnlyInServiceDefaults()
    {
        var offences =
            from project in Projects
            let name = Path.GetFileNameWithoutExtension(project)
            where !KnowHttp.Contains(name)
            where Items(project, "FrameworkReference").Any() || File.ReadAllText(project).Contains("Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal)
            select name;

        offences.ShouldBeEmpty();
    }

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
