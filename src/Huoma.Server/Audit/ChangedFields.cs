using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Audit;

/// <summary>Reads what changed of an entity, field by field, with those of its records (<c>welcome.enabled</c>).</summary>
internal static class ChangedFields
{
    public static bool IsNewOrChanged(this EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified;

    /// <summary>Whether this field, by its name in code, is about to be written with another value.</summary>
    public static bool Changes(this EntityEntry entry, string name) =>
        entry.State == EntityState.Modified && entry.Property(name) is { IsModified: true } property && !Equals(property.OriginalValue, property.CurrentValue);

    /// <param name="except">Fields nobody wants to read about, by their names in code.</param>
    public static IReadOnlyList<AuditChange> Of(EntityEntry entry, IReadOnlySet<string> except) =>
    [
        .. entry.Properties.Where(property => !except.Contains(property.Metadata.Name)).Select(property => Of(property, ""))
            .Concat(entry.ComplexProperties.SelectMany(record => record.Properties.Select(property => Of(property, Name(record.Metadata.Name) + "."))))
            .Where(change => change.IsChange),
    ];

    /// <summary>One field, whether it changed or not.</summary>
    public static AuditChange Of(EntityEntry entry, string name) => Of(entry.Property(name), "");

    private static AuditChange Of(PropertyEntry property, string before) =>
        new(before + Name(property.Metadata.Name), property.OriginalValue, property.CurrentValue);

    private static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
