# The module as it is shipped: its manifest, what it exports, and how it lives beside others in one process.

BeforeDiscovery {
    $isCore = $PSVersionTable.PSEdition -eq 'Core'
    if (-not $isCore) {
        Write-Host 'Windows PowerShell has one load context for all: the tests of private contexts are left out.'
    }
    # Windows and macOS take the folder of application data from the account, not from the environment.
    $canMoveHome = $isCore -and $IsLinux
    if (-not $canMoveHome) {
        Write-Host 'The folder of application data cannot be moved here: the test of the store''s usual place is left out.'
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $manifest = Get-ModuleManifestPath
}

Describe 'The manifest' {
    BeforeAll {
        $info = Test-ModuleManifest -Path $manifest -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'is valid and says nothing to warn of' {
        $info.Name | Should -Be 'OrchestratorConnector'
        $warnings | Should -BeNullOrEmpty
    }

    It 'bears the version of the repository' {
        $info.Version | Should -Be ([version](Get-ModuleVersion))
        Split-Path -Leaf (Split-Path -Parent $manifest) | Should -Be (Get-ModuleVersion)
    }

    It 'is for both editions' {
        $info.CompatiblePSEditions | Sort-Object | Should -Be @('Core', 'Desktop')
        $info.PowerShellVersion | Should -Be ([version]'5.1')
    }

    It 'names every export, without a wildcard' {
        $text = [System.IO.File]::ReadAllText($manifest)
        $text | Should -Not -Match "ToExport\s*=\s*@?\(?\s*'\*"
    }

    It 'holds no line break written as backtick and n' {
        $info.Description | Should -Not -Match '`n'
    }
}

Describe 'An import' {
    BeforeAll {
        Remove-Module -Name OrchestratorConnector -ErrorAction SilentlyContinue
        $module = Import-Module -Name $manifest -Global -PassThru -ErrorAction Stop
    }

    It 'exports exactly the cmdlets that the manifest names, and nothing else' {
        $declared = (Test-ModuleManifest -Path $manifest).ExportedCmdlets.Keys | Sort-Object
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be $declared
        $compiled = (Get-Command -Name Get-OrchestratorConnector).ImplementingType.Assembly
        $attributes = foreach ($type in $compiled.GetExportedTypes()) {
            [System.Attribute]::GetCustomAttribute($type, [System.Management.Automation.CmdletAttribute])
        }
        $attributes | Where-Object { $_ } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object | Should -Be $declared
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
    }

    It 'uses approved verbs and two prefixes of nouns only' {
        $approved = Get-Verb | Select-Object -ExpandProperty Verb
        foreach ($command in $module.ExportedCmdlets.Values) {
            $approved | Should -Contain $command.Verb
            $command.Noun | Should -Match '^(Orchestrator|SM)'
        }
    }

    It 'declares what every cmdlet returns' {
        $silent = 'Unregister-OrchestratorConnectorSchedule', 'Remove-OrchestratorConnector', 'Remove-OrchestratorRunAsAccount', 'Remove-SMRunbookActivity'
        foreach ($command in $module.ExportedCmdlets.Values | Where-Object { $silent -notcontains $_.Name }) {
            $command.OutputType.Count | Should -BeGreaterThan 0 -Because "$($command.Name) returns something"
        }
    }

    It 'gives -WhatIf and -Confirm to every cmdlet that changes something' {
        foreach ($command in $module.ExportedCmdlets.Values) {
            $changes = 'New', 'Set', 'Remove', 'Enable', 'Disable', 'Sync', 'Invoke', 'Start', 'Stop', 'Approve', 'Export', 'Import', 'Register', 'Unregister' -contains $command.Verb
            $command.Parameters.ContainsKey('WhatIf') | Should -Be $changes -Because $command.Name
        }
    }

    It 'gives -StatePath to every cmdlet' {
        foreach ($command in $module.ExportedCmdlets.Values) {
            $command.Parameters.ContainsKey('StatePath') | Should -BeTrue -Because $command.Name
        }
    }

    It 'can be repeated with -Force' {
        { Import-Module -Name $manifest -Global -Force -ErrorAction Stop } | Should -Not -Throw
        $null = New-TestStore
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'can be undone and done again' {
        Remove-Module -Name OrchestratorConnector -ErrorAction Stop
        Get-Command -Name Get-OrchestratorConnector -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Import-Module -Name $manifest -Global -ErrorAction Stop
        $null = New-TestStore
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'keeps objects of an earlier import usable' {
        $null = New-TestStore
        $connector = New-OrchestratorConnector -Name Kept -ServiceUrl http://kept.invalid:81 -SkipTest
        Import-Module -Name $manifest -Global -Force
        $connector | Disable-OrchestratorConnector
        ($connector | Get-OrchestratorConnector).Enabled | Should -BeFalse
    }
}

Describe 'An import into another shell' {
    It 'works in the strictest mode and leaves nothing on the error stream' {
        $result = Invoke-OtherShell @'
Set-StrictMode -Version Latest
Import-Module $module
Get-OrchestratorConnector
"errors: $($Error.Count)"
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be 'errors: 0'
        $result.ExitCode | Should -Be 0
    }

    It 'finds the module by its name where the folder is on PSModulePath' {
        $folder = Split-Path -Parent (Split-Path -Parent (Split-Path -Parent $manifest))
        $result = Invoke-OtherShell '(Get-Command Get-SMRunbook).Module.Version.ToString()' -Environment @{ PSModulePath = $folder }
        $result.Output | Should -Be (Get-ModuleVersion)
    }

    It 'shares a store with a second process' {
        $store = New-TestStore
        Import-TestedModule
        $null = New-OrchestratorConnector -Name First -ServiceUrl http://first.invalid:81 -SkipTest
        $script = 'Import-Module $module; $null = New-OrchestratorConnector Second http://second.invalid:81 -SkipTest; (Get-OrchestratorConnector).Name -join '','''
        $result = Invoke-OtherShell $script -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        $result.Output | Should -Be 'First,Second'
        (Get-OrchestratorConnector).Name | Should -Be @('First', 'Second')
    }

    It 'can happen in two processes at the same moment, over a store that neither has made yet' {
        $environment = @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $script = 'Import-Module $module; 1..10 | ForEach-Object {{ $null = New-OrchestratorConnector "{0} $_" http://host.invalid:81 -SkipTest -WarningAction SilentlyContinue }}'
        $one = Start-OtherShell ($script -f 'One') -Environment $environment
        $two = Start-OtherShell ($script -f 'Two') -Environment $environment
        foreach ($result in (Wait-TestProcess $one), (Wait-TestProcess $two)) {
            $result.Errors | Should -BeNullOrEmpty
            $result.ExitCode | Should -Be 0
        }
        @(Get-OrchestratorConnector).Count | Should -Be 20
    }
}

if ($canMoveHome) {
    Describe 'A store that nobody named' {
        It 'is in the user''s local application data' {
            $data = Join-Path (Get-PSDrive -Name TestDrive).Root 'data'
            $script = 'Import-Module $module; (New-OrchestratorConnector A http://a.invalid -SkipTest).StatePath'
            $result = Invoke-OtherShell $script -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $null; XDG_DATA_HOME = $data }
            $result.Output | Should -Be (Join-Path $data 'OrchestratorConnector/state.db')
            Test-Path -LiteralPath $result.Output | Should -BeTrue
        }
    }
}

if ($isCore) {
    Describe 'Beside a module with other versions of the same assemblies' {
        BeforeAll {
            $server = Get-SharedServer
            $dependencies = Join-Path (Split-Path -Parent $manifest) 'lib/net8.0/dependencies'
            # Not the module's own core, and not what the shell itself brings, which nobody can load in another version.
            $names = Get-ChildItem -LiteralPath $dependencies -Filter *.dll |
                Select-Object -ExpandProperty BaseName |
                Where-Object { $_ -notlike 'OrchestratorConnector*' -and -not (Test-Path -LiteralPath (Join-Path $PSHOME "$_.dll")) }

            # For each of our assemblies one of the same name, of version 99, that holds nothing but a type which tells where it is from.
            $strangers = Join-Path (Get-PSDrive -Name TestDrive).Root 'strangers'
            $null = New-Item -ItemType Directory -Path $strangers
            $made = Invoke-OtherShell @"
Add-Type -TypeDefinition 'public class LoadsTheCompiler { }'
foreach (`$name in '$($names -join "','")') {
    `$source = '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace Strange { public class Thing { } }'
    `$compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
        `$name,
        [Microsoft.CodeAnalysis.SyntaxTree[]]@([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText(`$source)),
        [Microsoft.CodeAnalysis.MetadataReference[]]@([Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)),
        [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary'))
    `$result = [Microsoft.CodeAnalysis.FileSystemExtensions]::Emit(`$compilation, (Join-Path '$strangers' "`$name.dll"))
    if (-not `$result.Success) { throw "`$(`$result.Diagnostics)" }
}
"@
            $made.Errors | Should -BeNullOrEmpty

            $loadStrangers = @"
foreach (`$file in Get-ChildItem -LiteralPath '$strangers' -Filter *.dll) {
    `$assembly = [System.Reflection.Assembly]::LoadFrom(`$file.FullName)
    if (`$assembly.GetName().Version.Major -ne 99) { throw "Not the other module's: `$(`$assembly.Location)" }
    `$null = [System.Activator]::CreateInstance(`$assembly.GetType('Strange.Thing', `$true))
}
"@
            $useModule = @"
Import-Module `$module
`$null = New-OrchestratorConnector A '$($server.Atom)'
`$null = New-OrchestratorConnector W '$($server.WebApi)' -WarningAction Ignore
(Sync-OrchestratorConnector * | ForEach-Object { "`$(`$_.Connector) `$(`$_.Total)" }) -join ', '
"@
            # Every assembly of the module, the context that it is in, and whether it is the module's own file.
            $listOurs = @"
`$folder = [System.IO.Path]::GetFullPath('$dependencies/../../..')
foreach (`$context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
    `$default = `$context -eq [System.Runtime.Loader.AssemblyLoadContext]::Default
    foreach (`$assembly in `$context.Assemblies) {
        if (-not `$assembly.IsDynamic -and `$assembly.Location.StartsWith(`$folder)) { "`$default `$(`$assembly.GetName().Name)" }
    }
}
"@
        }

        It 'makes a stranger for the assemblies that matter' {
            $names | Should -Contain 'Polly.Core'
            $names | Should -Contain 'Microsoft.Data.Sqlite'
            $names | Should -Contain 'Microsoft.OData.Core'
            $names | Should -Contain 'SQLitePCLRaw.core'
        }

        It 'uses its own copies where the other module was first' {
            $result = Invoke-OtherShell "$loadStrangers; $useModule; $listOurs" -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
            $result.Errors | Should -BeNullOrEmpty
            $lines = $result.Output -split '\r?\n'
            $lines[0] | Should -Be 'A 120, W 120'
            foreach ($name in 'Polly.Core', 'Microsoft.Data.Sqlite', 'Microsoft.OData.Core', 'SQLitePCLRaw.core', 'OrchestratorConnector.Core') {
                $lines | Should -Contain "False $name"
            }
        }

        It 'lets the other module have its copies where it was first itself' {
            $result = Invoke-OtherShell "$useModule; $loadStrangers; (Get-SMRunbook).Count" -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output -split '\r?\n' | Should -Be @('A 120, W 120', '240')
        }

        It 'puts nothing but its cmdlet assembly into the shell''s own context' {
            $result = Invoke-OtherShell "$useModule; $listOurs" -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
            $lines = $result.Output -split '\r?\n'
            $lines -match '^True ' | Should -Be @('True OrchestratorConnector')
            @($lines -match '^False ').Count | Should -BeGreaterThan 5
        }

        It 'loads none of its libraries by being imported' {
            $result = Invoke-OtherShell "Import-Module `$module; $listOurs"
            $result.Output | Should -Be 'True OrchestratorConnector'
        }
    }
}
