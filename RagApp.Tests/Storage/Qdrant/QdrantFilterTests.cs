using System.Text.Json.Nodes;
using CsCheck;
using Google.Protobuf;
using Qdrant.Client.Grpc;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Tests.Storage.Qdrant;

public sealed class QdrantFilterTests
{
    [Fact]
    public void ForReader_AnyPrincipal_NamesTenantAccessAndLive() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 10], Gen.String[Gen.Char.AlphaNumeric, 1, 10], Gen.String[Gen.Char.AlphaNumeric, 1, 5].Array[0, 20]).Sample((tenant, subject, groups) =>
        {
            var access = AccessFilter.For(new Principal(tenant, subject, groups, [], Region: null));
            var must = QdrantFilter.ForReader(access).ToMessage().Must;

            must.Select(condition => condition.Field.Key).ShouldBe(["tenant", "acl", "live"]);
            must[0].Field.Match.Keyword.ShouldBe(tenant);
            must[1].Field.Match.Keywords.Strings.ShouldBe(access.Entries, ignoreOrder: true);
            must[2].Field.Match.Boolean.ShouldBeTrue();
        });

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(2_500)]
    public void AnyOf_ManyValues_AreSplitUnderShould(int count)
    {
        string[] values = [.. Enumerable.Range(0, count).Select(number => $"group:{number}")];
        var condition = QdrantFilter.ForWriter("acme").And(QdrantCondition.AnyOf("acl", values)).ToMessage().Must[1];

        IReadOnlyList<Condition> parts = condition.Filter is { } several ? several.Should : [condition];
        parts.ShouldAllBe(part => part.Field.Key == "acl" && part.Field.Match.Keywords.Strings.Count <= 1_000);
        parts.SelectMany(part => part.Field.Match.Keywords.Strings).ShouldBe(values, ignoreOrder: true);
    }

    [Fact]
    public void Conditions_OfNothing_HoldForNoPoint()
    {
        var filter = QdrantFilter.ForWriter("acme").And(QdrantCondition.AnyOf("acl", [])).And(QdrantCondition.IsPoint([])).ToMessage();
        filter.Must.Skip(1).Select(condition => condition.ConditionOneOfCase)
            .ShouldBe([Condition.ConditionOneOfOneofCase.Field, Condition.ConditionOneOfOneofCase.HasId]);
        filter.Must[1].Field.Match.Keywords.Strings.ShouldBeEmpty();
        filter.Must[2].HasId.HasId.ShouldBeEmpty();
    }

    [Fact]
    public void Conditions_OfEveryKind_AreWrittenAsTheServerReadsThem()
    {
        var from = new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        var filter = QdrantFilter.ForWriter("acme").And(QdrantCondition.Is("version", 3)).And(QdrantCondition.Not(QdrantCondition.Is("live", true)))
            .And(QdrantCondition.Between("date", from, before: null)).And(QdrantCondition.AtLeast("version", 2));
        var json = JsonFormatter.Default.Format(filter.ToMessage());
        JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse("""
            {"must":[{"field":{"key":"tenant","match":{"keyword":"acme"}}},{"field":{"key":"version","match":{"integer":"3"}}},
             {"filter":{"mustNot":[{"field":{"key":"live","match":{"boolean":true}}}]}},{"field":{"key":"date","datetimeRange":{"gte":"2024-01-01T00:00:00Z"}}},
             {"field":{"key":"version","range":{"gte":2}}}]}
            """)).ShouldBeTrue(json);
    }

    [Fact]
    public void Filters_ThatWouldMatchEverything_CannotBeMade()
    {
        Should.Throw<ArgumentException>(() => QdrantFilter.ForWriter(""));
        Should.Throw<ArgumentException>(() => QdrantCondition.Between("date", from: null, before: null));
        Should.Throw<ArgumentException>(() => QdrantCondition.AllOf());
        Should.Throw<ArgumentException>(() => QdrantCondition.EitherOf());
        typeof(QdrantFilter).GetConstructors().ShouldBeEmpty();
    }
}
