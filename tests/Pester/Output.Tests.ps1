# What becomes of the objects in files, tables and other processes.

BeforeDiscovery {
    $Objects = @(
        @{ What = 'connectors'; Script = 'Get-OrchestratorConnector'; Key = 'Name' }
        @{ What = 'runbooks'; Script = 'Get-SMRunbook -Connector A'; Key = 'Path' }
        @{ What = 'parameters'; Script = '(Get-SMRunbook ''Move Mailbox'').Parameters'; Key = 'Name' }
        @{ What = 'synchronizations'; Script = 'Get-OrchestratorConnectorHistory'; Key = 'Connector' }
        @{ What = 'changes'; Script = '(Get-OrchestratorConnectorHistory A)[0].Changes'; Key = 'Path' }
        @{ What = 'tests'; Script = 'Test-OrchestratorConnector *'; Key = 'Connector' }
        @{ What = 'checks'; Script = '(Test-OrchestratorConnector A).Checks'; Key = 'Name' }
        @{ What = 'folders'; Script = 'Get-OrchestratorFolder A'; Key = 'Path' }
        @{ What = 'accounts'; Script = 'Get-OrchestratorRunAsAccount'; Key = 'Name' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $null = New-TestStore
    $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'hidden')
    $null = New-OrchestratorConnector -Name A -ServiceUrl $server.Atom -Folder '\Exchange' -RunAsAccount Service -WebConsoleUrl "$($server.Base)/"
    $null = New-OrchestratorConnector -Name B -ServiceUrl http://b.invalid:81 -SkipTest
    $null = Sync-OrchestratorConnector A
    $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'out'
}

Describe 'The <What>' -ForEach $Objects {
    BeforeAll {
        $items = @(& ([scriptblock]::Create($Script)))
        $plain = @($items[0].PSObject.Properties | Where-Object { $_.Value -isnot [System.Collections.IEnumerable] -or $_.Value -is [string] } | Select-Object -ExpandProperty Name)
    }

    It 'are there, of the type that the command declares' {
        $items.Count | Should -BeGreaterThan 0
        $items[0].PSObject.TypeNames[0] | Should -BeLike 'OrchestratorConnector.Output.*'
    }

    It 'survive Export-Clixml' {
        $items | Export-Clixml -Path $file
        $read = @(Import-Clixml -Path $file)
        $read.Count | Should -Be $items.Count
        $read[0].PSObject.TypeNames[0] | Should -Be "Deserialized.$($items[0].GetType().FullName)"
        for ($i = 0; $i -lt $items.Count; $i++) {
            foreach ($property in $plain) {
                # An enumeration comes back as its word over its number; the word is what is shown.
                $word = $read[$i].PSObject.Properties[$property].Value
                if ($null -ne $word) {
                    $word = $word.ToString()
                }
                "$word" | Should -BeExactly "$($items[$i].$property)" -Because $property
            }
        }
    }

    It 'become JSON, and come back' {
        $read = @(ConvertTo-Json -InputObject $items -Depth 6 -WarningVariable warnings -WarningAction SilentlyContinue | ConvertFrom-Json | ForEach-Object { $_ })
        $warnings | Should -BeNullOrEmpty
        $read.Count | Should -Be $items.Count
        $read.$Key | Should -Be $items.$Key
        @($read[0].PSObject.Properties.Name) | Should -Be @($items[0].PSObject.Properties.Name)
    }

    It 'become CSV, in which no cell is the name of a type' {
        $csv = @($items | ConvertTo-Csv -NoTypeInformation)
        $csv.Count | Should -BeGreaterThan $items.Count
        $read = @($csv | ConvertFrom-Csv)
        $read.$Key | Should -Be $items.$Key
        foreach ($row in $read) {
            foreach ($cell in $row.PSObject.Properties) {
                $cell.Value | Should -Not -Match '^(System|OrchestratorConnector)\.[\w.`\[\], =]+$' -Because "$($cell.Name) should say something"
            }
        }
    }

    It 'can be sorted, grouped and measured by every property' {
        foreach ($property in $plain) {
            @($items | Sort-Object -Property $property -ErrorAction Stop).Count | Should -Be $items.Count
            ($items | Group-Object -Property $property -ErrorAction Stop | Measure-Object -Property Count -Sum).Sum | Should -Be $items.Count
        }
    }

    It 'have properties that can only be read, each with a value of its own or none' {
        foreach ($property in $items[0].PSObject.Properties) {
            $property.IsSettable | Should -BeFalse -Because $property.Name
            { $null = $property.Value } | Should -Not -Throw
        }
    }

    It 'say something as a text' {
        "$($items[0])" | Should -Not -Match '^OrchestratorConnector\.'
    }
}

Describe 'Objects from a file' {
    It 'find the connector and its store again' {
        Get-OrchestratorConnector A | Export-Clixml -Path $file
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        $null = New-TestStore
        try {
            (Import-Clixml -Path $file | Get-OrchestratorConnector).Name | Should -Be 'A'
            (Import-Clixml -Path $file | Test-OrchestratorConnector).Connector | Should -Be 'A'
            Import-Clixml -Path $file | Disable-OrchestratorConnector
            (Import-Clixml -Path $file | Enable-OrchestratorConnector -PassThru).Enabled | Should -BeTrue
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $here
        }
    }

    It 'keep the words of enumerations in a CSV file' {
        $row = Get-OrchestratorConnector A | ConvertTo-Csv | ConvertFrom-Csv
        $row.Status | Should -Be 'FinishedSuccess'
        $row.Protocol | Should -Be 'Atom'
        $row.ServiceUrl | Should -Be $server.Atom
    }

    It 'register the connectors again' {
        Get-OrchestratorConnector | Export-Csv -Path $file -NoTypeInformation
        $rows = Import-Csv -Path $file | Select-Object -Property Name, ServiceUrl, Folder, Description, Protocol
        $null = $rows | New-OrchestratorConnector -StatePath (Join-Path (Get-PSDrive -Name TestDrive).Root 'again.db') -SkipTest
        (Get-OrchestratorConnector -StatePath (Join-Path (Get-PSDrive -Name TestDrive).Root 'again.db')).Folder | Should -Be @('\Exchange', '\')
    }
}

Describe 'Comparing' {
    It 'sorts connectors by state and time, enumerations by their order' {
        (Get-OrchestratorConnector | Sort-Object -Property LastStartTime).Name | Should -Be @('B', 'A')
        (Get-OrchestratorConnector | Where-Object Status -EQ 'FinishedSuccess').Name | Should -Be 'A'
        (Get-OrchestratorConnector | Where-Object { $_.Status -ne 'FinishedSuccess' }).Name | Should -Be 'B'
        @(Get-SMRunbook | Where-Object Status -EQ Active).Count | Should -Be (Get-OrchestratorConnector A).RunbookCount
    }

    It 'measures what was done' {
        $sum = Get-OrchestratorConnectorHistory | Measure-Object -Property Added, Requests -Sum
        $sum[0].Sum | Should -Be (Get-OrchestratorConnector A).RunbookCount
        $sum[1].Sum | Should -BeGreaterThan 0
    }
}

Describe 'A result that outlives its store' {
    It 'has no changes to show, and makes no new store' {
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        try {
            $store = New-TestStore
            $null = New-OrchestratorConnector -Name A -ServiceUrl $server.WebApi -Folder '\Exchange'
            $result = Sync-OrchestratorConnector A
            Move-Item -LiteralPath $store -Destination "$store.moved" -ErrorAction Stop
            { $null = $result | Format-List -Property * | Out-String } | Should -Not -Throw
            Test-Path -LiteralPath $store | Should -BeFalse
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $here
        }
    }
}
