using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace RagApp.Tests.Architecture;

/// <summary>A type is found by its name: no two types of the product share one.</summary>
public sealed class TypeNameTests
{
    /// <summary>Names that each project, or each of its folders, has once for itself.</summary>
    private static readonly string[] Recurring = ["Log", "Program", "Spans", "Telemetry"];

    [Fact]
    public void Types_OfAllProjects_HaveNamesOfTheirOwn()
    {
        var shared =
            from path in Directory.EnumerateFiles(AppContext.BaseDirectory, "RagApp.*.dll")
            where !Path.GetFileName(path).StartsWith("RagApp.Tests", StringComparison.Ordinal)
            from type in NamesIn(path)
            group type.FullName by type.Name into types
            let places = types.Distinct().Order(StringComparer.Ordinal).ToList() // a source file that two projects compile is one type
            where places.Count > 1
            select string.Join(" and ", places);

        shared.ShouldBeEmpty();
    }

    private static IReadOnlyList<(string Name, string FullName)> NamesIn(string path)
    {
        using var module = ModuleDefinition.ReadModule(path);
        return
        [
            .. module.Types
                .Where(type => type.Namespace.StartsWith("RagApp", StringComparison.Ordinal) && !Recurring.Contains(type.Name))
                .Where(type => !type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(CompilerGeneratedAttribute)))
                .Select(type => (type.Name, type.FullName)),
        ];
    }
}
