using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace RagApp.Tests.Architecture;

/// <summary>
/// Enforces the telemetry conventions: the meter factory creates each meter in its feature's class Telemetry, spans come from
/// the class Spans of their service, names follow one scheme, and docs/operations.md lists every name.
/// </summary>
public sealed partial class DocumentedTelemetryTests
{
    /// <summary>Tags from the OpenTelemetry conventions that this application sets itself.</summary>
    private static readonly string[] Conventions = ["error.type", "gen_ai.request.model"];

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
            instrument.Meter.Name.ShouldStartWith("RagApp."); // the prefix of the meters that ServiceDefaults exports
            Scheme().IsMatch(instrument.Name).ShouldBeTrue(instrument.Name);
            instrument.Unit.ShouldNotBeNullOrEmpty(instrument.Name);
            instrument.Description.ShouldNotBeNullOrEmpty(instrument.Name);
            Document.ShouldContain($"| `{instrument.Name}` | {instrument.Unit} |");
        }
    }

    [Fact]
    public void Histograms_All_HaveBucketsOfTheirOwn() =>
        Instruments().Where(instrument => instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>) && Buckets(instrument) is null)
            .Select(instrument => instrument.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Meters_All_AreMadeByTheFactoryInAClassOfTheirOwn()
    {
        var meters = Types.Where(TakesMeterFactory).ToList();

        meters.ShouldAllBe(type => type.Name == "Telemetry");
        meters.Select(type => (string)type.GetField("Name")!.GetRawConstantValue()!).ShouldBeUnique();
        Repository.Sources().Where(file => NewMeter().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))).ShouldBeEmpty();
    }

    [Fact]
    public void Tags_All_AreConstantsThatFollowTheSchemeAndAreDocumented()
    {
        var tags = Types.Where(type => type is { Name: "Tags", DeclaringType.Name: "Telemetry" or "Spans" }).SelectMany(Constants).ToList();

        tags.Count.ShouldBeGreaterThan(40);
        tags.Except(Conventions).ShouldAllBe(tag => Scheme().IsMatch(tag));
        tags.ShouldAllBe(tag => Document.Contains($"`{tag}`", StringComparison.Ordinal));
        Repository.Sources().Where(file => LiteralTag().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))).ShouldBeEmpty();
    }

    [Fact]
    public void Spans_All_AreDocumented()
    {
        var spans = Types.Where(type => type.Name == "Spans").ToList();

        spans.Select(type => ((ActivitySource)type.GetField("Source")!.GetValue(null)!).Name).Order()
            .ShouldBe(["RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Query"]);
        foreach (var stage in spans.SelectMany(type => type.GetNestedTypes()).Where(type => type.Name == "Stages").SelectMany(Constants))
            Document.ShouldContain($"`{stage}`");
    }

    [Fact]
    public void Spans_OfAService_HaveOneSource() =>
        Types.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(ActivitySource))
            .ShouldAllBe(field => field.DeclaringType!.Name == "Spans");

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!);

    private static bool TakesMeterFactory(Type type) =>
        type.GetConstructors().Any(made => made.GetParameters().Any(parameter => parameter.ParameterType == typeof(IMeterFactory)));

    private static object? Buckets(Instrument instrument) =>
        instrument.GetType().GetProperty("Advice")!.GetValue(instrument) is { } advice
            ? advice.GetType().GetProperty("HistogramBucketBoundaries")!.GetValue(advice)
            : null;

    private static List<Instrument> Instruments()
    {
        var found = new List<Instrument>();
        using var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(TimeProvider.System).BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                    found.Add(instrument);
            },
        };
        listener.Start();
        foreach (var type in Types.Where(TakesMeterFactory))
            ActivatorUtilities.CreateInstance(services, type);
        return found;
    }

    /// <summary>
    /// Metric names such as <c>ragapp.embedding.queue.wait</c>: prefix, area, and the measured quantity, which may have several
    /// parts.
    /// </summary>
    [GeneratedRegex(@"^ragapp(\.[a-z][a-z_]*){2,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\bnew Meter\(|\bMeter \w+ = new\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NewMeter();

    [GeneratedRegex(@"SetTag\(\s*""|AddTag\(\s*""|KeyValuePair<string, object\?>\(\s*""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LiteralTag();
}
