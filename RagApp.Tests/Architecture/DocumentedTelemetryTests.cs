using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Architecture;

/// <summary>Every metric is exported, has a unit and a description, and stands in docs/operations.md; so does every span and every tag of one.</summary>
public sealed class DocumentedTelemetryTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    private static readonly Type[] Types =
    [
        .. new[] { "RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Models", "RagApp.Query", "RagApp.ServiceDefaults", "RagApp.Storage" }
            .SelectMany(assembly => Assembly.Load(assembly).GetTypes()),
    ];

    [Fact]
    public void Metrics_All_AreExportedAndDocumentedWithUnitAndDescription()
    {
        var instruments = Instruments();

        instruments.Count.ShouldBeGreaterThan(20);
        foreach (var instrument in instruments)
        {
            instrument.Meter.Name.ShouldStartWith("RagApp."); // what ServiceDefaults exports
            instrument.Name.ShouldStartWith("ragapp.");
            instrument.Unit.ShouldNotBeNullOrEmpty(instrument.Name);
            instrument.Description.ShouldNotBeNullOrEmpty(instrument.Name);
            Document.ShouldContain($"`{instrument.Name}`");
        }
    }

    [Fact]
    public void Spans_All_AreDocumentedWithTheirTags()
    {
        var spans = Types.Where(type => type.Name == "Spans").ToList();

        spans.Select(type => (string)type.GetField("Source")!.GetRawConstantValue()!).Order()
            .ShouldBe(["RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Query"]);
        foreach (var name in spans.SelectMany(type => type.GetNestedTypes()).SelectMany(Constants))
            Document.ShouldContain($"`{name}`");
    }

    [Fact]
    public void Spans_OfAService_HaveOneSource() =>
        Types.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(System.Diagnostics.ActivitySource))
            .ShouldAllBe(field => field.DeclaringType!.Name == "Spans");

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!);

    /// <summary>Of meters that a type holds as long as the process lives, and of those that are made with a service.</summary>
    private static List<Instrument> Instruments()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Add(found, instrument) };
        listener.Start();
        foreach (var type in Types.Where(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(Meter))))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        using var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(TimeProvider.System).BuildServiceProvider();
        foreach (var type in Types.Where(type => type.GetConstructors().Any(made => made.GetParameters().Any(parameter => parameter.ParameterType == typeof(IMeterFactory)))))
            ActivatorUtilities.CreateInstance(services, type);
        return found;
    }

    private static void Add(List<Instrument> found, Instrument instrument)
    {
        lock (found)
        {
            if (instrument.Meter.Name.StartsWith("RagApp", StringComparison.Ordinal) || instrument.Name.StartsWith("ragapp", StringComparison.Ordinal))
                found.Add(instrument);
        }
    }
}
