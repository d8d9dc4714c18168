using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.ServiceDefaults.Json;

/// <summary>
/// Refuses a body with a value that its record does not declare: null for a non-nullable field, null in a list of non-nullable
/// members, or an undefined enum value. The serializer's own options do not name the field, do not check lists, and accept any
/// number for an enum.
/// </summary>
internal static class DeclaredValues
{
    public static void Require(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        DeclaredField[] fields = [.. type.Properties.Select(DeclaredField.Of).OfType<DeclaredField>()];
        if (fields.Length > 0)
            type.OnDeserialized = body => Array.ForEach(fields, field => field.Require(body));
    }

    /// <param name="IsRequired">True when the field must have a value.</param>
    /// <param name="HasMembers">True when the field is a list whose members must not be null.</param>
    /// <param name="Choices">Enum type of the field; null when the field is no enum.</param>
    private sealed record DeclaredField(string Name, Func<object, object?> Get, bool IsRequired, bool HasMembers, Type? Choices)
    {
        public static DeclaredField? Of(JsonPropertyInfo field)
        {
            if (field is not { Get: { } get, AttributeProvider: PropertyInfo property })
                return null;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type.IsValueType)
                return type.IsEnum ? new DeclaredField(field.Name, get, IsRequired: false, HasMembers: false, type) : null;

            var nullability = new NullabilityInfoContext().Create(property);
            var isRequired = nullability.ReadState == NullabilityState.NotNull;
            var hasMembers = typeof(IEnumerable).IsAssignableFrom(type)
                && nullability is { GenericTypeArguments: [{ ReadState: NullabilityState.NotNull }] } or { ElementType.ReadState: NullabilityState.NotNull };
            return isRequired || hasMembers ? new DeclaredField(field.Name, get, isRequired, hasMembers, Choices: null) : null;
        }

        /// <exception cref="UndeclaredValueException">A value is not allowed by the record's declaration.</exception>
        public void Require(object body)
        {
            var value = Get(body);
            if (IsRequired && value is null)
                throw new UndeclaredValueException($"'{Name}' is missing or empty: give it a value.");
            if (HasMembers && value is IEnumerable members && NullAt(members) is { } position)
                throw new UndeclaredValueException($"Member {position} of '{Name}' is empty: leave the null out.");
            if (Choices is not null && value is not null && !Enum.IsDefined(Choices, value))
                throw new UndeclaredValueException($"'{Name}' is none of the names to choose from: {string.Join(", ", Enum.GetNames(Choices).Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        }

        private static int? NullAt(IEnumerable members)
        {
            var position = 0;
            foreach (var member in members)
            {
                if (member is null)
                    return position;
                position++;
            }
            return null;
        }
    }
}

/// <summary>A body has a value that its record does not declare; the message names the field and says what to do.</summary>
internal sealed class UndeclaredValueException(string message) : JsonException(message);
