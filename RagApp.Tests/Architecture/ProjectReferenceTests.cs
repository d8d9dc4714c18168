using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Architecture;

/// <summary>Holds the table of docs/architecture.md: which project may reference which.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["RagApp.Contracts"] = [],
        ["RagApp.Dlp"] = [],
        ["RagApp.Tests.Intruder"] = [],
        ["RagApp.ServiceDefaults"] = ["RagApp.Contracts"],
        ["RagApp.Storage"] = ["RagApp.Contracts"],
        ["RagApp.Models"] = ["RagApp.Contracts"],
        ["RagApp.Cli"] = ["RagApp.Contracts"],
        ["RagApp.Cache"] = ["RagApp.ServiceDefaults"],
        ["RagApp.Embedding"] = ["RagApp.Contracts", "RagApp.ServiceDefaults", "RagApp.Models"],
        ["RagApp.Ingestion"] = ["RagApp.Contracts", "RagApp.Dlp", "RagApp.ServiceDefaults", "RagApp.Storage"],
        ["RagApp.Query"] = ["RagApp.Contracts", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Models"],
        ["RagApp.Gateway"] = ["RagApp.Contracts", "RagApp.ServiceDefaults", "RagApp.Storage", "RagApp.Models"],
        ["RagApp.AppHost"] =
            ["RagApp.Cache", "RagApp.Embedding", "RagApp.Ingestion", "RagApp.Query", "RagApp.Gateway"],
    };

    /// <summary>Packages whose types must stay inside one project.</summary>
    private static readonly Dictionary<string, string[]> PackageOwners = new(StringComparer.Ordinal)
    {
        ["Lucene.Net"] = ["RagApp.Storage"],
        ["OpenAI"] = ["RagApp.Models"],
        ["Microsoft.Extensions.AI.OpenAI"] = ["RagApp.Models"],
        ["Microsoft.ML.OnnxRuntime"] = ["RagApp.Embedding"],
        ["Microsoft.Garnet"] = ["RagApp.Cache"],
        ["PdfPig"] = ["RagApp.Ingestion", "RagApp.Tests"],
        ["DocumentFormat.OpenXml"] = ["RagApp.Ingestion", "RagApp.Tests"],
        ["libphonenumber-csharp"] = ["RagApp.Dlp"],
        ["Grpc.AspNetCore"] = ["RagApp.Tests"],
        ["Qdrant.Client"] = ["RagApp.Storage", "RagApp.Tests"],
    };

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

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
