using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant.Client;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

public sealed class QdrantFilterTests
{
    [Fact]
    public void ForReader_AnyPrincipal_NamesTenantAccessAndLive() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 10], Gen.String[Gen.Char.AlphaNumeric, 1, 10], Gen.String[Gen.Char.AlphaNumeric, 1, 5].Array[0, 20]).Sample((tenant, subject, groups) =>
        {
            var access = AccessFilter.For(new Principal(tenant, subject, groups, [], Region: null));
            var must = ToJson(QdrantFilter.ForReader(access))["must"]!.AsArray();

            must.Select(condition => (string?)condition!["key"]).ShouldBe(["tenant", "acl", "live"]);
            ((string?)must[0]!["match"]!["value"]).ShouldBe(tenant);
            must[1]!["match"]!["any"]!.AsArray().Select(entry => (string)entry!).ShouldBe(access.Entries, ignoreOrder: true);
            ((bool?)must[2]!["match"]!["value"]).ShouldBe(true);
        });

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(2_500)]
    public void AnyOf_ManyValues_AreSplitUnderShould(int count)
    {
        string[] values = [.. Enumerable.Range(0, count).Select(number => $"group:{number}")];
        var condition = ToJson(QdrantFilter.ForWriter("acme").And(QdrantCondition.AnyOf("acl", values)))["must"]![1]!;

        var parts = condition["should"] is JsonArray several ? several.Select(part => part!).ToList() : [condition];
        parts.ShouldAllBe(part => (string?)part["key"] == "acl" && part["match"]!["any"]!.AsArray().Count <= 1_000);
        parts.SelectMany(part => part["match"]!["any"]!.AsArray()).Select(value => (string)value!).ShouldBe(values, ignoreOrder: true);
    }

    [Fact]
    public void Conditions_OfNothing_HoldForNoPoint()
    {
        var filter = QdrantFilter.ForWriter("acme").And(QdrantCondition.AnyOf("acl", [])).And(QdrantCondition.IsPoint([]));
        ToJson(filter)["must"]!.AsArray().Skip(1).Select(condition => condition!.ToJsonString())
            .ShouldBe(["""{"key":"acl","match":{"any":[]}}""", """{"has_id":[]}"""]);
    }

    [Fact]
    public void Conditions_OfEveryKind_AreWrittenAsTheServerReadsThem()
    {
        var from = new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        var filter = QdrantFilter.ForWriter("acme").And(QdrantCondition.Is("version", 3)).And(QdrantCondition.Not(QdrantCondition.Is("live", true)))
            .And(QdrantCondition.Between("date", from, before: null));
        JsonNode.DeepEquals(ToJson(filter), JsonNode.Parse("""
            {"must":[{"key":"tenant","match":{"value":"acme"}},{"key":"version","match":{"value":3}},
             {"must_not":[{"key":"live","match":{"value":true}}]},{"key":"date","range":{"gte":"2024-01-01T00:00:00+00:00"}}]}
            """)).ShouldBeTrue(ToJson(filter).ToJsonString());
    }

    [Fact]
    public void Filters_ThatWouldMatchEverything_CannotBeMade()
    {
        Should.Throw<ArgumentException>(() => QdrantFilter.ForWriter(""));
        Should.Throw<ArgumentException>(() => QdrantCondition.Between("date", from: null, before: null));
        typeof(QdrantFilter).GetConstructors().ShouldBeEmpty();
        typeof(QdrantCondition).GetConstructors().ShouldBeEmpty();
    }

    private static JsonNode ToJson(QdrantFilter filter) =>
        JsonSerializer.SerializeToNode(new QdrantCountRequest(Exact: true) { Filter = filter }, QdrantJson.Wire.QdrantCountRequest)!["filter"]!;
}
