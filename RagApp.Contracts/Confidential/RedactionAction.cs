using System.Text.Json.Serialization;

namespace RagApp.Contracts.Confidential;

/// <summary>The action on confidential data in answers, from the least to the strictest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RedactionAction>))]
public enum RedactionAction
{
    /// <summary>The data is shown.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>A mark with a keyed hash replaces the data, such as <c>[EMAIL 3f9a2c81d04e]</c>: equal data of a tenant has equal marks.</summary>
    [JsonStringEnumMemberName("hash")]
    Hash,

    /// <summary>A mark such as <c>[PAYMENT CARD]</c> replaces the data.</summary>
    [JsonStringEnumMemberName("mask")]
    Mask,

    /// <summary>The whole answer is withheld.</summary>
    [JsonStringEnumMemberName("block")]
    Block,
}
