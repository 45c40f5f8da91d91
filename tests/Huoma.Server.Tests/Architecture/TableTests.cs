using System.Text.RegularExpressions;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Tests.Architecture;

/// <summary>Only its owner writes a table (ARCHITECTURE.md, section 1).</summary>
public sealed class TableTests
{
    private static readonly List<Source> Code = Sources.Below(Sources.Server, ".cs", ".razor", ".cshtml");

    [Fact]
    public void Table_NamesEveryTable()
    {
        var made = Code.Concat(Sources.Below(Sources.Server, ".sql"))
            .SelectMany(source => Regex.Matches(source.Text, @"CREATE TABLE (?:IF NOT EXISTS )?(\w+)").Select(match => match.Groups[1].Value))
            .ToList();

        made.Order().ShouldBe(Capability.Owners.Keys.Order());
        made.ShouldContain("live_codes");
    }

    [Fact]
    public void Sql_WritesOwnTablesOnly()
    {
        var writes = (from source in Code
                      from Match match in Regex.Matches(source.Text, @"\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|TRUNCATE|COPY)\s+(?!SET\b|SKIP\b|OF\b|ON\b)([\w{$]+)")
                      select (source.Path, Writer: source.CapabilityIn(Sources.Server), Table: match.Groups[1].Value)).ToList();

        writes.Where(write => !Capability.Owners.TryGetValue(write.Table, out var owner) || owner != write.Writer).ShouldBeEmpty();
        writes.ShouldContain(write => write.Table == "sealing_keys");
    }

    [Fact]
    public void Entities_AreMappedByTheOwnerOfTheirTable()
    {
        using var db = Model();
        var mappings = (from type in typeof(HuomaDb).Assembly.GetTypes()
                        from mapped in type.GetInterfaces()
                        where mapped.IsGenericType && mapped.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)
                        let table = db.Model.FindEntityType(mapped.GetGenericArguments()[0])?.GetTableName()
                        select (Mapping: type.FullName, Capability: type.Namespace!.Split('.')[2], Table: table ?? "")).ToList();

        mappings.Where(mapping => Capability.Owners.GetValueOrDefault(mapping.Table) != mapping.Capability).ShouldBeEmpty();
        mappings.Count.ShouldBe(db.Model.GetEntityTypes().Count());
        mappings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Ef_AddsAndRemovesOwnRowsOnly()
    {
        using var db = Model();
        var sets = typeof(HuomaDb).GetProperties().Where(property => property.PropertyType.IsGenericType)
            .ToDictionary(property => property.Name, property => db.Model.FindEntityType(property.PropertyType.GetGenericArguments()[0])!.GetTableName()!);

        // One statement from the set to the writing call: db.Slots.Add(…), db.Slots.Where(…).ExecuteDeleteAsync(…).
        var writing = new Regex($@"\.({string.Join('|', sets.Keys)})\b(?:\.(?:Add|Remove|Update|Attach)\w*\(|[^;]*?\.Execute(?:Update|Delete)Async\()");
        var writes = (from source in Code
                      from Match match in writing.Matches(source.Code)
                      let table = sets[match.Groups[1].Value]
                      select (source.Path, Writer: source.CapabilityIn(Sources.Server), Table: table)).ToList();

        writes.Where(write => Capability.Owners.GetValueOrDefault(write.Table) != write.Writer).ShouldBeEmpty();
        writes.ShouldNotBeEmpty();
    }

    private static HuomaDb Model() => new(new DbContextOptionsBuilder<HuomaDb>().UseSqlite("Data Source=:memory:").Options, new CurrentTenant());
}
